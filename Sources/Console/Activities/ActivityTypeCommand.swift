internal import JSON

/// `voronka activity-type …`: kinds of activity of the company's own.
public struct ActivityTypeCommand: ConsoleCommand {
  /// What to do; types are named by id or name.
  public enum Action: Sendable {
    /// All, those put away too where it is said.
    case list(inactive: Bool)
    /// A new one, done as one of those that are always there.
    case create(name: String, base: String)
    /// Another name of one, or whether it can be chosen.
    case update(String, name: String?, active: Bool?)
    /// It goes, or is put away where activities are of it.
    case delete(String)
  }

  let action: Action

  /// A command on kinds of activity.
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
      case .create(let name, let base):
        params["name"] = .string(name)
        params["base"] = .string(base)
        return try await Self.call("activity_type.create", params, session)
      case .update(let text, let name, let active):
        params["id"] = .integer(try await Self.find(text, session))
        params["name"] = name.map { .string($0) }
        params["active"] = active.map { .bool($0) }
        return try await Self.call("activity_type.update", params, session)
      case .delete(let text):
        params["id"] = .integer(try await Self.find(text, session))
        return try await Self.call("activity_type.delete", params, session)
      }
    }
    context.present(answer)
  }

  private static func find(_ text: String, _ session: Session) async throws -> Int64 {
    if let id = Int64(text) { return id }
    let items = try await session.items("activity_type.list", ["inactive": true])
    return try Directory.id(
      Directory.match(items, text, noun: "kind of activity") {
        [$0["name"]?.string].compactMap(\.self)
      })
  }

  private static func call(
    _ method: String, _ params: JSONObject, _ session: Session
  ) async throws -> Answer {
    GenericAnswer.make(try await session.call(method, .object(params)), of: method)
  }

  private static func list(_ params: JSONObject, _ session: Session) async throws -> Answer {
    let items = try await session.items("activity_type.list", params)
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: items,
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) }, .member("name"),
        .member("base", "DONE AS"), .member("active"),
      ], ifEmpty: "No kinds of activity of the company's own.",
      origin: Origin("activity_type.list", "items"))
  }
}
