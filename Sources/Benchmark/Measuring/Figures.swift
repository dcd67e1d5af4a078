/// What one run, or the median of several, has shown.
struct Figures: Sendable {
  /// Requests or transactions a second.
  var throughput: Double
  /// In milliseconds.
  var p50: Double
  /// In milliseconds.
  var p99: Double
  /// Processor time of Voronka's server for each request, in microseconds; 0 where it did not work.
  var serverMicroseconds: Double
  /// Processor time of all PostgreSQL processes for each request, in microseconds.
  var databaseMicroseconds: Double
  /// Requests that were answered with an error.
  var errors = 0

  init(
    count: Int, seconds: Double, latencies: Latencies, processor: ProcessorTime, errors: Int = 0
  ) {
    let percentiles = latencies.percentiles([0.5, 0.99])
    throughput = Double(count) / seconds
    p50 = percentiles[0]
    p99 = percentiles[1]
    serverMicroseconds = processor.server * 1_000_000 / Double(max(1, count))
    databaseMicroseconds = processor.database * 1_000_000 / Double(max(1, count))
    self.errors = errors
  }

  /// The median of each figure.
  init(medianOf runs: [Figures]) {
    throughput = runs.map(\.throughput).median
    p50 = runs.map(\.p50).median
    p99 = runs.map(\.p99).median
    serverMicroseconds = runs.map(\.serverMicroseconds).median
    databaseMicroseconds = runs.map(\.databaseMicroseconds).median
    errors = runs.reduce(0) { $0 + $1.errors }
  }
}

extension [Double] {
  /// The middle one, or the mean of the two in the middle; 0 of none.
  var median: Double {
    guard !isEmpty else { return 0 }
    let sorted = self.sorted()
    let middle = count / 2
    return count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
