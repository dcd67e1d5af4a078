/// A time in which a card's clocks stand still: a pause, or the time for which it was closed.
public struct StandStill: Hashable, Sendable {
  /// When it begins.
  public let since: Timestamp
  /// When it ends: from this moment on the clocks run again.
  public let until: Timestamp

  /// The time from one moment until before another; none where that is not later.
  public init(since: Timestamp, until: Timestamp) {
    self.since = since
    self.until = until
  }

  /// Whether the clocks stand still at a moment.
  public func contains(_ moment: Timestamp) -> Bool {
    since <= moment && moment < until
  }
}
