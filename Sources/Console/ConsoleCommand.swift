/// One thing that a person or script can ask the console to do.
public protocol ConsoleCommand: Sendable {
  /// Whether the server's errors are printed as JSON also where a person reads them.
  var printsErrorsAsJSON: Bool { get }

  /// Does it; what it finds out goes to the context's output.
  func run(in context: ConsoleContext) async throws
}

extension ConsoleCommand {
  /// Commands for people say what went wrong in a sentence when a person reads it.
  public var printsErrorsAsJSON: Bool { false }
}
