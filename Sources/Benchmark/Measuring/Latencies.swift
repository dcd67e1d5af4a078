/// How long requests took.
struct Latencies: Sendable {
  /// In nanoseconds, in no order.
  private(set) var nanoseconds: [Int64] = []

  mutating func reserve(_ count: Int) {
    nanoseconds.reserveCapacity(count)
  }

  mutating func add(_ nanoseconds: Int64) {
    self.nanoseconds.append(nanoseconds)
  }

  var count: Int { nanoseconds.count }

  /// The values, in milliseconds, below which these shares of the requests stayed.
  func percentiles(_ shares: [Double]) -> [Double] {
    guard !nanoseconds.isEmpty else { return shares.map { _ in 0 } }
    let sorted = nanoseconds.sorted()
    return shares.map { share in
      let place = min(sorted.count - 1, Int(Double(sorted.count) * share))
      return Double(sorted[place]) / 1_000_000
    }
  }
}
