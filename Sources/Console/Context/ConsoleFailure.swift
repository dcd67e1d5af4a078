internal import JSONRPC
internal import VoronkaClient

/// Why a command could not do what it was asked.
enum ConsoleFailure: Error {
  /// The server said no.
  case server(RPCError)
  /// The command was used wrongly; the text says what to do instead.
  case usage(String)
  /// No reply came.
  case unreachable(String)
  /// The work ended, but not all of it was done; the text says what was not.
  case incomplete(String)
  /// A signal ended it, which needs no words.
  case ended(ExitStatus)
}
