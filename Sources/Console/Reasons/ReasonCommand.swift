internal import JSON

/// `voronka reason …`: the company's lists of why cards end.
public struct ReasonCommand: ConsoleCommand {
  /// What to do.
  public enum Action: Sendable {
    /// Those of one list or of all, with those that can no longer be chosen where that is asked for.
    case list(kind: String?, lossKind: String?, withInactive: Bool)
    /// A new one.
    case create(kind: String, name: String, ReasonTerms)
    /// Another name, or other terms, of one by id or name.
    case update(String, kind: String?, name: String?, isActive: Bool?, ReasonTerms)
    /// One goes, by id or name; one that cards were closed for can only no longer be chosen.
    case delete(String, kind: String?)
  }

  let action: Action

  /// A command on reasons.
  public init(_ action: Action) {
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      switch action {
      case .list(let kind, let lossKind, let withInactive):
        return try await Self.list(kind, lossKind, withInactive, session)
      case .create(let kind, let name, let terms):
        var params: JSONObject = ["kind": .string(kind), "name": .string(name)]
        terms.add(to: &params)
        return GenericAnswer.make(
          try await session.call("reason.create", .object(params)), of: "reason.create")
      case .update(let text, let kind, let name, let isActive, let terms):
        var params: JSONObject = ["id": .integer(try await Self.find(text, kind, session))]
        params["name"] = name.map { .string($0) }
        params["active"] = isActive.map { .bool($0) }
        terms.add(to: &params)
        return GenericAnswer.make(
          try await session.call("reason.update", .object(params)), of: "reason.update")
      case .delete(let text, let kind):
        let id = try await Self.find(text, kind, session)
        try context.confirm("Delete reason \(id)? One that cards have is only put away.")
        return GenericAnswer.make(
          try await session.call("reason.delete", ["id": .integer(id)]), of: "reason.delete")
      }
    }
    context.present(answer)
  }

  private static func find(
    _ text: String, _ kind: String?, _ session: Session
  ) async throws -> Int64 {
    if let id = Int64(text) { return id }
    var params: JSONObject = ["inactive": true]
    params["kind"] = kind.map { .string($0) }
    let items = try await session.items("reason.list", params)
    return try Directory.id(
      Directory.match(items, text, noun: "reason") { [$0["name"]?.string].compactMap(\.self) })
  }

  private static func list(
    _ kind: String?, _ lossKind: String?, _ withInactive: Bool, _ session: Session
  ) async throws -> Answer {
    var params: JSONObject = [:]
    params["kind"] = kind.map { .string($0) }
    params["loss_kind"] = lossKind.map { .string($0) }
    if withInactive { params["inactive"] = true }
    let items = try await session.items("reason.list", params)
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: items,
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) }, .member("kind"), .member("name"),
        Listing.Column("LOSS") { CellText.plain($0["loss_kind"]) }, .member("comment"),
        Listing.Column("") { $0["active"]?.bool == false ? "put away" : "" },
      ], ifEmpty: "No reasons.", origin: Origin("reason.list", "items"))
  }
}
