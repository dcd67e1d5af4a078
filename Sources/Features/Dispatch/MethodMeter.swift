internal import Metrics
internal import Synchronization

/// A method's figures: how many requests by outcome, and how long they took.
final class MethodMeter: Sendable {
  private let method: String
  private let duration: Metrics.Timer
  private let counters = Mutex<[String: Counter]>([:])

  init(method: String) {
    self.method = method
    duration = Metrics.Timer(
      label: "voronka_request_duration_seconds", dimensions: [("method", method)])
  }

  func record(outcome: String, duration: Duration) {
    let counter = counters.withLock { counters in
      if let known = counters[outcome] { return known }
      let counter = Counter(
        label: "voronka_requests_total", dimensions: [("method", method), ("outcome", outcome)])
      counters[outcome] = counter
      return counter
    }
    counter.increment()
    let (seconds, attoseconds) = duration.components
    self.duration.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}
