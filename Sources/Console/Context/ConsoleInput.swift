internal import Glibc

/// Where answers come from: standard input, or what a test has prepared.
public struct ConsoleInput: Sendable {
  let readLine: @Sendable () -> String?
  let readSecret: @Sendable () -> String?
  let readAll: @Sendable () -> String

  /// Makes an input of three closures: a line, a line typed without echo, and all there is.
  public init(
    readLine: @escaping @Sendable () -> String?, readSecret: @escaping @Sendable () -> String?,
    readAll: @escaping @Sendable () -> String
  ) {
    self.readLine = readLine
    self.readSecret = readSecret
    self.readAll = readAll
  }

  /// Control-C. `c_cc.11` is VEOL on Linux: a second character that ends a line.
  private static let interrupt: UInt8 = 3

  /// The process's standard input.
  public static let standard = ConsoleInput(
    readLine: { Swift.readLine() },
    readSecret: {
      var before = termios()
      guard tcgetattr(STDIN_FILENO, &before) == 0 else { return Swift.readLine() }
      var silent = before
      // Without ISIG an interrupt can't end the process while the echo is off; as an end of line it
      // still ends the question.
      silent.c_lflag &= ~tcflag_t(ECHO | ISIG)
      silent.c_cc.11 = interrupt
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
      defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
      let answer = Swift.readLine(strippingNewline: true)
      return answer.flatMap { $0.utf8.contains(interrupt) ? nil : $0 }
    },
    readAll: {
      var text = ""
      while let line = Swift.readLine(strippingNewline: false) { text += line }
      return text
    })
}
