internal import Features
internal import Foundation
internal import LocalPostgres
internal import Postgres

/// `voronkad bench --section rights`: what a member's rights cost the database, beside the same deals
/// under the tenant's policy alone and under none.
public struct RightsBenchmark: Sendable {
  private static let deals = 300_000
  private static let readsInside: Int64 = 10_000

  private let options: BenchmarkOptions
  private let program: String
  private let say: @Sendable (String) -> Void

  /// A benchmark in an installation of its own.
  public init(
    _ options: BenchmarkOptions, program: String, say: @escaping @Sendable (String) -> Void
  ) {
    self.options = options
    self.program = program
    self.say = say
  }

  /// Measures and returns a table.
  public func run() async throws -> String {
    say("starting the server in \(options.folder)")
    let installation = try await BenchmarkInstallation.open(
      program: program, options: options, say: say)
    do {
      try await fill(installation.database)
      let text = try await measure(installation)
      await installation.close()
      return text
    } catch {
      await installation.close()
      throw error
    }
  }

  private func fill(_ database: DedicatedConnection) async throws {
    let filled = try await database.execute([RightsStatements.isFilled()])
    guard try filled[0].first?.bool(0) != true else { return }
    say("filling a company with \(Self.deals) deals")
    _ = try await database.execute([
      RightsFillStatements.plan(), RightsFillStatements.tenant(), RightsFillStatements.version(),
      RightsFillStatements.people(), RightsFillStatements.teams(), RightsFillStatements.members(),
      RightsFillStatements.pipelines(), RightsFillStatements.stages(),
      RightsFillStatements.grants(), RightsFillStatements.deals(.integer(Self.deals)),
    ])
    _ = try await database.executeScript(RightsFillStatements.copies)
    _ = try await database.executeScript(RightsFillStatements.settle)
  }

  /// The same deals in three schemas; `rights` where the full policies ask for them.
  private struct Side {
    let name: String
    let connection: DedicatedConnection
    let pgbench: ReferenceRun
    let rights: [Parameter]
    /// The same as pgbench's variables.
    let variables: [String]
    /// What opens the door to it.
    let context: BoundStatement
    var rounds: [Round] = []
  }

  /// How long things took on one side.
  private struct Round {
    /// Microseconds of a read by one client of pgbench, context and statement in one round trip.
    let read: Double
    /// Of these, the processor time of PostgreSQL.
    let processor: Double
    /// The same within the database alone.
    let inside: Double
    /// Milliseconds of an aggregate.
    let aggregate: Double
  }

  private func measure(_ installation: BenchmarkInstallation) async throws -> String {
    let compiled = try await installation.database.execute([
      BenchmarkStatements.rights(1, 2), BenchmarkStatements.lastPerson(1),
    ])
    let rights = try BenchmarkRights(compiled[0], lastPerson: compiled[1])
    let held: [Parameter] = [
      .text(rights.sets), .text(rights.places("view")),
      .text(rights.people("view")),
    ]
    let none = [Parameter](repeating: .null, count: 3)
    var sides: [Side] = []
    let variables = [
      "sets=\(rights.sets)", "view_places=\(rights.places("view"))",
      "view_people=\(rights.people("view"))",
    ]
    for (name, schemas, parameters) in [
      ("a member's rights", "voronka", held), ("the tenant alone", "tenant_alone, voronka", none),
      ("no policy", "unbound, voronka", none),
    ] {
      sides.append(
        Side(
          name: name, connection: try await installation.application(searchPath: schemas),
          pgbench: try await installation.reference(searchPath: schemas), rights: parameters,
          variables: schemas == "voronka" ? variables : [],
          context: schemas == "voronka"
            ? RightsStatements.context.bind(parameters) : RightsStatements.tenant()))
    }
    // The first round is for warming up.
    for round in 0...options.pairs {
      say("round \(round) of \(options.pairs)")
      for index in sides.indices {
        let measured = try await Self.once(sides[index], seconds: options.seconds)
        if round > 0 { sides[index].rounds.append(measured) }
      }
    }
    for side in sides { await side.connection.close() }
    return Self.table(sides)
  }

  private static func once(_ side: Side, seconds: Double) async throws -> Round {
    let rows = try await side.connection.execute([
      RightsStatements.reads.bind([.integer(readsInside)] + side.rights)
    ])
    guard let row = rows[0].first else { throw BenchmarkError("the database told no time") }
    let inside = try row.double(0)
    let figures = try await side.pgbench.measure(
      texts: [script(side)], variables: ["tenant=1", "kind=deal"] + side.variables,
      clients: ReferenceRun.Clients(count: 1, threads: 1), seconds: seconds)
    let aggregate = try await milliseconds {
      _ = try await side.connection.execute([side.context, RightsStatements.aggregate()])
    }
    return Round(
      read: 1_000_000 / figures.throughput, processor: figures.databaseMicroseconds,
      inside: inside, aggregate: aggregate)
  }

  /// Reads of cards drawn at random, each with its context in one round trip.
  private static func script(_ side: Side) -> String {
    let context = ReferenceScript.text(
      side.variables.isEmpty ? RightsStatements.tenant : RightsStatements.context,
      [":sets", ":view_places", ":view_people"])
    let read = ReferenceScript.text(BenchmarkStatements.get, [":tenant", ":card", ":kind"])
    return """
      \\set card random(1, \(deals))
      \\startpipeline
      \(context);
      \(read);
      \\endpipeline

      """
  }

  private static func milliseconds(_ body: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    let began = clock.now
    try await body()
    let took = (clock.now - began).components
    return Double(took.seconds) * 1000 + Double(took.attoseconds) / 1e15
  }

  private static func table(_ sides: [Side]) -> String {
    let median = { (values: [Double]) in values.sorted()[values.count / 2] }
    let number = { (value: Double, digits: Int) in String(format: "%.\(digits)f", value) }
    var table = Table([
      "under", "a read µs", "to the tenant alone", "PostgreSQL µs", "to the tenant alone",
      "inside µs",
      "aggregate ms", "to no policy",
    ])
    for side in sides {
      let ratio = { (value: KeyPath<Round, Double>, other: Side) in
        number(
          median(zip(side.rounds, other.rounds).map { $0[keyPath: value] / $1[keyPath: value] }), 2)
      }
      let time = { (value: KeyPath<Round, Double>) in
        number(median(side.rounds.map { $0[keyPath: value] }), 1)
      }
      table.add([
        side.name, time(\.read), ratio(\.read, sides[1]), time(\.processor),
        ratio(\.processor, sides[1]), time(\.inside), time(\.aggregate),
        ratio(\.aggregate, sides[2]),
      ])
    }
    return table.text
  }
}
