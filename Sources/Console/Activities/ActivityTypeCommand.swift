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
    let list = OwnList(
      noun: "activity_type", name: "kind of activity",
      columns: [.member("name"), .member("base", "DONE AS"), .member("active")],
      ifEmpty: "No kinds of activity of the company's own.")
    try await list.run(step, in: context)
  }

  private var step: OwnList.Step {
    switch action {
    case .list(let inactive): .list(inactive ? ["inactive": true] : [:])
    case .create(let name, let base): .create(["name": .string(name), "base": .string(base)])
    case .update(let type, let name, let active):
      .update(type, .told(("name", name.map { .string($0) }), ("active", active.map { .bool($0) })))
    case .delete(let type): .delete(type)
    }
  }
}
