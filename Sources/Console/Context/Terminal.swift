internal import Glibc

/// What is known of where input comes from and output goes.
public struct Terminal: Sendable {
  /// Whether a person can type answers.
  public var hasInput: Bool
  /// Whether standard output is a terminal.
  public var hasOutput: Bool
  /// Whether standard error is a terminal: progress is drawn there.
  public var hasErrors: Bool
  /// The width in columns; nil where output is not a terminal.
  public var width: Int?

  /// Says what is known; tests set it as they need it.
  public init(hasInput: Bool, hasOutput: Bool, hasErrors: Bool, width: Int?) {
    self.hasInput = hasInput
    self.hasOutput = hasOutput
    self.hasErrors = hasErrors
    self.width = width
  }

  /// The process's own terminal. `COLUMNS` wins over what the terminal says.
  public static func current(environment: [String: String]) -> Terminal {
    let hasOutput = isatty(STDOUT_FILENO) == 1
    return Terminal(
      hasInput: isatty(STDIN_FILENO) == 1, hasOutput: hasOutput,
      hasErrors: isatty(STDERR_FILENO) == 1,
      width: hasOutput ? columns(environment: environment) : nil)
  }

  private static func columns(environment: [String: String]) -> Int {
    if let columns = environment["COLUMNS"].flatMap(Int.init), columns > 0 { return columns }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
