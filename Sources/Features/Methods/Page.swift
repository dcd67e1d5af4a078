internal import JSON
internal import JSONRPC
internal import Postgres

/// Which page of a list is wanted. Pages go by the key of the list's order, so they are stable while
/// rows come and go.
struct Page {
  /// The most items.
  let limit: Int
  /// The key of the last item of the page before, as text; nil for the first page.
  let after: String?

  private let scope: ListScope

  /// The page that a request for a list wants.
  init(_ call: TenantCall) throws {
    try self.init(call.arguments, of: ListScope(call.request.method, call.request.members))
  }

  /// The page that a request of the operator's for a list wants.
  init(_ call: OperatorCall) throws {
    try self.init(call.arguments, of: ListScope(call.request.method, call.request.members))
  }

  /// The page that the arguments name of a list.
  init(_ arguments: Arguments, of scope: ListScope) throws {
    self.scope = scope
    limit = Int(arguments[optional: CommonMembers.limit] ?? 50)
    guard let cursor = arguments[optional: CommonMembers.after] else {
      after = nil
      return
    }
    guard let key = scope.key(of: cursor) else { throw Self.wrongCursor }
    after = key
  }

  static var wrongCursor: RPCError {
    .invalidParams([
      FieldProblem(
        path: "after",
        problem: "is no cursor of this list; use the `next` of a page of the same list, with the "
          + "same filters and order")
    ])
  }

  /// The key as a whole number, for lists by id.
  func afterID() throws -> Int64? {
    guard let after else { return nil }
    guard let id = Int64(after) else { throw Self.wrongCursor }
    return id
  }

  /// The items of a short list, kept by id, that come after the page before.
  func following<Item>(_ items: [Item], id: (Item) -> Int64) throws -> [Item] {
    let after = try afterID() ?? 0
    return items.filter { id($0) > after }
  }

  /// For the statement's `limit`: one more than wanted tells whether another page follows.
  var fetch: Parameter { .integer(limit + 1) }

  /// The page's result, its items written by the closure, the cursor made from the last item's key.
  /// - Parameter itemSize: about how many bytes an item takes, where that is known.
  func result<Items: RandomAccessCollection>(
    _ items: Items, itemSize: Int = 0, key: (Items.Element) throws -> String,
    further: (inout JSONWriter) -> Void = { _ in },
    _ write: (Items.Element, inout JSONWriter) throws -> Void
  ) rethrows -> RawJSON {
    let shown = items.prefix(limit)
    let next = items.count > limit ? try shown.last.map { scope.cursor(try key($0)) } : nil
    return try RawJSON(reservingCapacity: shown.count * itemSize) {
      try $0.object {
        $0.name("items")
        try $0.array { for item in shown { try write(item, &$0) } }
        $0.member("next", next)
        further(&$0)
      }
    }
  }

  /// The page's result where its end is not told by the number of items.
  func result(
    _ items: [Row], nextKey: String?, _ write: (Row, inout JSONWriter) throws -> Void
  ) rethrows -> RawJSON {
    try RawJSON(reservingCapacity: items.count * CardRowWriter.usualSize) {
      try $0.object {
        $0.name("items")
        try $0.array { for item in items { try write(item, &$0) } }
        $0.member("next", nextKey.map(scope.cursor))
      }
    }
  }

  /// A list that always comes whole.
  static func whole<Item>(
    _ items: some Sequence<Item>, further: (inout JSONWriter) -> Void = { _ in },
    _ write: (Item, inout JSONWriter) throws -> Void
  ) rethrows -> RawJSON {
    try RawJSON {
      try $0.object {
        $0.name("items")
        try $0.array { for item in items { try write(item, &$0) } }
        $0.member("next", String?.none)
        further(&$0)
      }
    }
  }
}
