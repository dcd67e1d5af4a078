internal import JSON

/// `voronka support …`: the operator's looks into one's company.
public struct SupportCommand: ConsoleCommand {
  /// What to do.
  public enum Action: Sendable {
    /// When, as whom and why.
    case list
    /// Whether there may be any more; switching them off ends one that goes on.
    case allow(Bool)
  }

  let action: Action

  /// A command on support.
  public init(_ action: Action) {
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      switch action {
      case .list: return try await list(session)
      case .allow(let isAllowed):
        let settings = try await session.call(
          "settings.update", ["support_access": .bool(isAllowed)])
        return Answer(json: settings) { _ in
          [isAllowed ? "The operator may look in." : "The operator may not look in."]
        }
      }
    }
    context.present(answer)
  }

  private func list(_ session: Session) async throws -> Answer {
    let items = try await session.items("support.list")
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: items,
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) }, .member("started_at", "BEGAN"),
        Listing.Column("ENDED") {
          CellText.plain($0["ended_at"]?.isNull == false ? $0["ended_at"] : $0["expires_at"])
        },
        Listing.Column("AS USER", .right) { CellText.exact($0["user"]) },
        .member("address", "FROM"),
        .member("reason", "WHY"),
      ], ifEmpty: "The operator has never looked in.", origin: Origin("support.list", "items"))
  }
}
