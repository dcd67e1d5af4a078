internal import JSON

/// `voronka contact-status …`: what cards can tell of the last contact with the client.
public struct ContactStatusCommand: ConsoleCommand {
  /// What to do; statuses are named by id or name.
  public enum Action: Sendable {
    /// All, those put away too where it is said.
    case list(inactive: Bool)
    /// A new one.
    case create(name: String, meaning: String?)
    /// Another name or meaning of one, or whether it can be chosen.
    case update(String, name: String?, meaning: String?, active: Bool?)
    /// It goes, or is put away where cards tell of it.
    case delete(String)
  }

  let action: Action

  /// A command on statuses.
  public init(_ action: Action) {
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      var params = JSONObject()
      switch action {
      case .list(let inactive):
        if inactive { params["inactive"] = true }
        return try await Self.list(params, session)
      case .create(let name, let meaning):
        params["name"] = .string(name)
        params["meaning"] = meaning.map { .string($0) }
        return try await Self.call("contact_status.create", params, session)
      case .update(let text, let name, let meaning, let active):
        params["id"] = .integer(try await Self.find(text, session))
        params["name"] = name.map { .string($0) }
        params["meaning"] = meaning.map { .string($0) }
        params["active"] = active.map { .bool($0) }
        return try await Self.call("contact_status.update", params, session)
      case .delete(let text):
        params["id"] = .integer(try await Self.find(text, session))
        return try await Self.call("contact_status.delete", params, session)
      }
    }
    context.present(answer)
  }

  /// One that was put away can be named too.
  private static func find(_ text: String, _ session: Session) async throws -> Int64 {
    if let id = Int64(text) { return id }
    let items = try await session.items("contact_status.list", ["inactive": true])
    return try Directory.id(
      Directory.match(items, text, noun: "last-contact status") {
        [$0["name"]?.string].compactMap(\.self)
      })
  }

  private static func call(
    _ method: String, _ params: JSONObject, _ session: Session
  ) async throws -> Answer {
    GenericAnswer.make(try await session.call(method, .object(params)), of: method)
  }

  private static func list(_ params: JSONObject, _ session: Session) async throws -> Answer {
    let items = try await session.items("contact_status.list", params)
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: items,
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) }, .member("name"),
        .member("meaning"), .member("active"),
      ], ifEmpty: "No last-contact statuses.", origin: Origin("contact_status.list", "items"))
  }
}
