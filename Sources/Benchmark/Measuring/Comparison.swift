/// One operation as one asker: the server beside the reference, measured in turns.
struct Comparison: Sendable {
  /// The reference in one form, at its best count of clients.
  struct Reference: Sendable {
    let form: ReferenceForm
    let clients: ReferenceRun.Clients
    var runs: [Figures] = []

    var median: Figures { Figures(medianOf: runs) }
  }

  /// The server with so many connections.
  struct Service: Sendable {
    let connections: Int
    var runs: [Figures] = []

    var median: Figures { Figures(medianOf: runs) }

    /// How many times the reference's throughput it has: the median over the pairs.
    func ratio(to reference: Reference) -> Double {
      zip(runs, reference.runs).map { $0.throughput / $1.throughput }.median
    }
  }

  let operation: Operation
  let asker: Asker
  var references: [Reference]
  var services: [Service]
}
