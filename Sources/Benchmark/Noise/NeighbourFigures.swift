/// How it went for the others while one company flooded, or did not.
struct NeighbourFigures: Sendable {
  /// The others' latencies, in milliseconds.
  var p50: Double
  var p99: Double
  var slowest: Double
  /// The others' requests a second.
  var throughput: Double
  /// The flooding company's requests a second that were answered, and that were refused.
  var answered: Double
  var refused: Double

  init(
    p50: Double, p99: Double, slowest: Double, throughput: Double, answered: Double,
    refused: Double
  ) {
    self.p50 = p50
    self.p99 = p99
    self.slowest = slowest
    self.throughput = throughput
    self.answered = answered
    self.refused = refused
  }

  /// The median of each figure.
  init(medianOf runs: [NeighbourFigures]) {
    self.init(
      p50: runs.map(\.p50).median, p99: runs.map(\.p99).median,
      slowest: runs.map(\.slowest).median, throughput: runs.map(\.throughput).median,
      answered: runs.map(\.answered).median, refused: runs.map(\.refused).median)
  }
}
