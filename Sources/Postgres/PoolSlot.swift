/// One of a pool's places for a connection. Confined to the engine's thread.
final class PoolSlot {
  var connection: Connection?
  /// The next attempt to connect, while there is no connection.
  var retry: TimerQueue.Entry?
  var backoff: Backoff
  /// How many of the hosts to skip first: one more after each attempt that timed out.
  var rotation = 0
  /// When the connection opened.
  var openSince: ContinuousClock.Instant?

  init(backoff: Backoff) {
    self.backoff = backoff
  }
}
