internal import JSON

/// `voronka usage`: how much of its plan one's own company uses.
public struct UsageCommand: ConsoleCommand {
  /// The command.
  public init() {}

  /// Asks and prints.
  public func run(in context: ConsoleContext) async throws {
    context.present(
      try await Session.answer(context) { session in
        PlanView.usage(try await session.call("usage.get"), of: "usage.get")
      })
  }
}
