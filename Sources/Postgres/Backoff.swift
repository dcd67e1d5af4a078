/// The pauses between attempts to connect: doubling up to a limit, each with jitter, so that many
/// connections and many servers do not knock at the same moment.
struct Backoff {
  let base: Duration
  let limit: Duration
  private var failures = 0

  init(base: Duration, limit: Duration) {
    self.base = base
    self.limit = limit
  }

  /// The pause after one more failure.
  /// - Parameter random: from 0 to 1; the pause is between half and the whole of its step.
  mutating func next(random: Double) -> Duration {
    let step = min(base * (1 << min(failures, 20)), limit)
    failures += 1
    return step * (0.5 + random / 2)
  }

  /// An attempt has succeeded.
  mutating func reset() {
    failures = 0
  }
}
