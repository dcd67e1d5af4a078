internal import SalesRules
internal import Synchronization

/// When each company's history was last gone through, by this server. It takes a look at every card, so
/// it is done once a day and not with each clearing away.
final class RetentionRounds: Sendable {
  private static let pause: Int64 = 86_400

  private let last = Mutex<[Int64: Timestamp]>([:])

  func isDue(_ tenant: Int64, at now: Timestamp) -> Bool {
    last.withLock { last in last[tenant].map { $0.adding(seconds: Self.pause) <= now } ?? true }
  }

  /// It has been gone through to its end.
  func note(_ tenant: Int64, at now: Timestamp) {
    last.withLock { $0[tenant] = now }
  }
}
