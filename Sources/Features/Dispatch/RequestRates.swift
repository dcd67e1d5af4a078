internal import JSONRPC
internal import Synchronization

/// Holds each company to its plan's requests a second: a bucket that holds one second's worth and is
/// filled steadily, over all connections of the company to this server.
final class RequestRates: Sendable {
  private struct Bucket {
    var tokens: Double
    var filledAt: ContinuousClock.Instant
  }

  private let refusalPause: Duration
  private let buckets = Mutex<[Int64: Bucket]>([:])

  /// How much of the last second's worth is taken; nil where there is no limit.
  func used(
    tenant: Int64, perSecond limit: Int?, at now: ContinuousClock.Instant = .now
  ) -> Int? {
    guard let limit else { return nil }
    let rate = Double(limit)
    let left = buckets.withLock { buckets in
      buckets[tenant].map { $0.tokens + max(0, (now - $0.filledAt) / .seconds(1)) * rate }
    }
    return limit - Int(min(rate, left ?? rate).rounded(.down))
  }

  /// - Parameter refusalPause: how long a request is kept before it is refused.
  init(refusalPause: Duration = .zero) {
    self.refusalPause = refusalPause
  }

  /// Takes one request's worth. A refusal is not told at once: its connection, which has no other
  /// request at work, can ask no faster than that.
  func admit(tenant: Int64, perSecond limit: Int?) async throws {
    do {
      try take(tenant: tenant, perSecond: limit)
    } catch {
      guard refusalPause > .zero else { throw error }
      try? await Task.sleep(for: refusalPause)
      throw error
    }
  }

  /// Takes one request's worth, or refuses with the time after which it is there.
  func take(tenant: Int64, perSecond limit: Int?, at now: ContinuousClock.Instant = .now)
    throws(RPCError)
  {
    guard let limit else { return }
    let rate = Double(limit)
    let missing = buckets.withLock { buckets -> Double in
      var bucket = buckets[tenant] ?? Bucket(tokens: rate, filledAt: now)
      let passed = max(0, (now - bucket.filledAt) / .seconds(1))
      bucket.tokens = min(max(rate, 1), bucket.tokens + passed * rate)
      bucket.filledAt = max(now, bucket.filledAt)
      defer { buckets[tenant] = bucket }
      guard bucket.tokens >= 1 else { return 1 - bucket.tokens }
      bucket.tokens -= 1
      return 0
    }
    guard missing > 0 else { return }
    let wait = rate > 0 ? Int64((missing / rate * 1000).rounded(.up)) : 60_000
    throw .rateLimited(
      retryAfterMilliseconds: max(1, wait),
      "Your company's plan allows \(limit) requests a second. Wait and try again.")
  }
}
