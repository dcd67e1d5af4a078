internal import CoreMetrics
internal import Synchronization

/// How often values fell under which bounds.
final class PrometheusHistogram: TimerHandler, RecorderHandler, PrometheusSample {
  private struct Counts {
    var perBucket: [Int64]
    var sum = 0.0
  }

  /// Bounds for how long requests take, in seconds.
  static let seconds = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ]
  /// Bounds for how much there is of something.
  static let amounts = [1.0, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000, 1_000_000]

  private let bounds: [Double]
  private let counts: Mutex<Counts>

  init(bounds: [Double]) {
    self.bounds = bounds
    self.counts = Mutex(Counts(perBucket: Array(repeating: 0, count: bounds.count + 1)))
  }

  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
  func record(_ value: Int64) { record(Double(value)) }

  func record(_ value: Double) {
    let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
    counts.withLock { counts in
      counts.perBucket[bucket] += 1
      counts.sum += value
    }
  }

  func write(name: String, labels: String, to text: inout String) {
    let counts = self.counts.withLock { $0 }
    let separator = labels.isEmpty ? "" : ","
    var total: Int64 = 0
    for (index, count) in counts.perBucket.enumerated() {
      total += count
      let bound = index < bounds.count ? PrometheusText.number(bounds[index]) : "+Inf"
      text += PrometheusText.line(
        "\(name)_bucket", "\(labels)\(separator)le=\"\(bound)\"", "\(total)")
    }
    text += PrometheusText.line("\(name)_sum", labels, PrometheusText.number(counts.sum))
    text += PrometheusText.line("\(name)_count", labels, "\(total)")
  }
}
