/// How long to wait between attempts to connect.
public struct Backoff: Sendable {
  let first: Duration
  let longest: Duration
  /// From 0 to 1; what keeps many that lost the same server from coming back at the same moment.
  let jitter: @Sendable () -> Double

  /// Twice as long after each attempt, up to the longest, and by chance shortened by up to a half.
  public init(
    first: Duration = .milliseconds(500), longest: Duration = .seconds(30),
    jitter: @escaping @Sendable () -> Double = { .random(in: 0...1) }
  ) {
    self.first = first
    self.longest = longest
    self.jitter = jitter
  }

  /// Before the first attempt, 0, only a moment; what the server asked for is waited at least.
  func delay(before attempt: Int, asked: Duration? = nil) -> Duration {
    let whole =
      attempt == 0 ? first / 2 : min(longest, first * (1 << min(attempt - 1, 16)))
    return max(whole * (0.5 + jitter() / 2), min(asked ?? .zero, longest))
  }
}
