internal import JSONRPC

/// What a workplace waits for.
enum WorkSignal: Sendable {
  // From the terminal.
  case key(Key)
  /// There will be no more keys.
  case noMoreKeys
  /// The screen has another size.
  case resized
  /// The process is to be stopped for a while.
  case suspended
  /// It was stopped and goes on.
  case continued
  /// A signal that ends the process.
  case endedBy(Int32)

  // From the server, and from the way there.
  /// Something happened that a board or a day shows.
  case told
  /// The connection of this number broke.
  case lost(Int, reason: String)
  /// Another attempt to connect failed.
  case failedAgain(Int, attempts: Int, reason: String)
  /// There is a connection again.
  case connected(Int, Session)
  /// Nobody will be let in any more.
  case refused(Int, RPCError)

  // From within.
  /// The request of this number has its answer.
  case answered(Int)
  /// Time has passed.
  case tick
}
