internal import CoreMetrics
internal import Synchronization

/// A whole number that goes up.
final class PrometheusCounter: CounterHandler, PrometheusSample {
  private let value = Atomic<Int64>(0)

  func increment(by amount: Int64) {
    value.wrappingAdd(amount, ordering: .relaxed)
  }

  func reset() {
    value.store(0, ordering: .relaxed)
  }

  func write(name: String, labels: String, to text: inout String) {
    text += PrometheusText.line(name, labels, "\(value.load(ordering: .relaxed))")
  }
}
