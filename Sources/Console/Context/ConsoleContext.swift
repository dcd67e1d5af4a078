/// Everything a command needs from outside; a command has no other way to the world but the server.
public struct ConsoleContext: Sendable {
  /// The options that every command takes.
  public var options: ConsoleOptions
  /// The process's environment.
  public var environment: [String: String]
  /// What is known of the terminal.
  public var terminal: Terminal
  /// Where answers come from.
  public var input: ConsoleInput
  /// Where results go.
  public var output: TextSink
  /// Where words about the work go: questions, progress, errors.
  public var errors: TextSink

  /// Makes a context; the defaults are the process's own.
  public init(
    options: ConsoleOptions, environment: [String: String], terminal: Terminal,
    input: ConsoleInput = .standard, output: TextSink = .standardOutput,
    errors: TextSink = .standardError
  ) {
    self.options = options
    self.environment = environment
    self.terminal = terminal
    self.input = input
    self.output = output
    self.errors = errors
  }

  var style: Style {
    Style(
      isColoured: options.colour.allows(
        isTerminal: terminal.hasOutput, environment: environment))
  }

  /// The width to fit tables into; nil where they go to a file or a pipe, which have none.
  var width: Int? { terminal.hasOutput ? terminal.width : nil }
}
