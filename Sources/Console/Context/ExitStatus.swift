/// How a command ends, as its exit status.
public enum ExitStatus: Int32, Sendable {
  /// It did what was asked.
  case success = 0
  /// The server answered with an error, or not everything could be done or printed.
  case serverError = 1
  /// The command was used wrongly, or needs an answer that nobody is there to give.
  case usage = 2
  /// The server can't be reached, or the connection ended before its reply.
  case unreachable = 3
  /// The terminal went away (SIGHUP).
  case hungUp = 129
  /// It was interrupted: Control-C, or SIGINT.
  case interrupted = 130
  /// It was asked to quit at once (SIGQUIT).
  case quit = 131
  /// It was asked to end (SIGTERM).
  case terminated = 143
}
