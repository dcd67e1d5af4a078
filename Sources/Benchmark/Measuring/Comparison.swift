/// One thing as one asker: the server beside the reference, measured in turns.
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

  /// Who is measured next.
  enum Side {
    case reference(Reference)
    case service(connections: Int)
  }

  /// How its rows begin in a table.
  let title: String
  let asker: String
  /// How many things an answer told of; nil where they are not counted.
  var found: Int?
  var references: [Reference]
  var services: [Service]

  /// Runs each side once; who begins takes turns, so that a drift of the machine favours neither.
  mutating func runPair(
    _ pair: Int, measure: (Side) async throws -> Figures
  ) async throws {
    if pair.isMultiple(of: 2) { try await runServices(measure) }
    for index in references.indices {
      references[index].runs.append(try await measure(.reference(references[index])))
    }
    if !pair.isMultiple(of: 2) { try await runServices(measure) }
  }

  private mutating func runServices(_ measure: (Side) async throws -> Figures) async throws {
    for index in services.indices {
      services[index].runs.append(
        try await measure(.service(connections: services[index].connections)))
    }
  }

  /// What the last pair has shown, in a line.
  var lastPair: String {
    let references = references.map {
      "\($0.form.rawValue) \(Int($0.runs.last?.throughput ?? 0))"
    }
    let services = services.map { "\($0.connections): \(Int($0.runs.last?.throughput ?? 0))" }
    return "\(title) as \(asker), pair \(self.services.first?.runs.count ?? 0): "
      + (references + services).joined(separator: ", ")
  }
}
