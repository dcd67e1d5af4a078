internal import JSON
internal import JSONRPC

/// Pages of what the server has in memory whole.
extension Page {
  /// The page's result of all items there are, which stand in the order of their keys.
  func result<Item>(
    of items: some Sequence<Item>, by key: (Item) -> [Int64],
    further: (inout JSONWriter) -> Void = { _ in },
    _ write: (Item, inout JSONWriter) throws -> Void
  ) throws -> RawJSON {
    let last = try lastKey()
    let following = items.filter { item in
      last.map { $0.lexicographicallyPrecedes(key(item)) } ?? true
    }
    return try result(
      following, key: { item in key(item).map(String.init).joined(separator: ":") },
      further: further, write)
  }

  private func lastKey() throws -> [Int64]? {
    guard let after else { return nil }
    let parts = after.split(separator: ":").map { Int64($0) }
    let key = parts.compactMap(\.self)
    guard !key.isEmpty, key.count == parts.count else { throw Self.wrongCursor }
    return key
  }
}
