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
    let list = OwnList(
      noun: "contact_status", name: "last-contact status",
      columns: [.member("name"), .member("meaning"), .member("active")],
      ifEmpty: "No last-contact statuses.")
    try await list.run(step, in: context)
  }

  private var step: OwnList.Step {
    switch action {
    case .list(let inactive): .list(inactive ? ["inactive": true] : [:])
    case .create(let name, let meaning):
      .create(.told(("name", .string(name)), ("meaning", meaning.map { .string($0) })))
    case .update(let status, let name, let meaning, let active):
      .update(
        status,
        .told(
          ("name", name.map { .string($0) }), ("meaning", meaning.map { .string($0) }),
          ("active", active.map { .bool($0) })))
    case .delete(let status): .delete(status)
    }
  }
}
