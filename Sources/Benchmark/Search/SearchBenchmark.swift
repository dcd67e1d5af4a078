internal import Demo
internal import Features
internal import Foundation
internal import JSON
internal import Postgres
public import SalesRules
internal import VoronkaClient

/// `voronkad bench --section search`: finding cards among a million of one company, beside pgbench running the
/// same transactions.
public struct SearchBenchmark: Sendable {
  private let options: BenchmarkOptions
  private let program: String
  private let version: String
  private let say: @Sendable (String) -> Void

  /// A benchmark of this program in an installation of its own; see `Benchmark`.
  public init(
    _ options: BenchmarkOptions, program: String, version: String,
    say: @escaping @Sendable (String) -> Void
  ) {
    self.options = options
    self.program = program
    self.version = version
    self.say = say
  }

  /// Measures, writes the report and returns it as text for a terminal.
  public func run(at now: Timestamp) async throws -> String {
    if let problem = options.problem { throw BenchmarkError(problem) }
    say("starting the server in \(options.folder)")
    let installation = try await BenchmarkInstallation.open(
      program: program, options: options, say: say)
    do {
      let report = try await measure(installation, at: now)
      await installation.close()
      try report.markdown.write(toFile: options.report, atomically: true, encoding: .utf8)
      return report.text
    } catch {
      await installation.close()
      throw error
    }
  }

  private func measure(
    _ installation: BenchmarkInstallation, at now: Timestamp
  ) async throws -> SearchReport {
    let filler = Filler(options: options, now: now, say: say)
    try await prepare(installation, filler)
    let examples = try await examples(installation.database)
    let connection = try await installation.connection()
    var comparisons: [Comparison] = []
    for asker in SearchAsker.allCases
    where options.askers.contains(where: { SearchAsker.of($0).contains(asker) }) {
      let company = try filler.company(1)
      let email =
        switch asker {
        case .owner: company.adminEmail
        case .all: "seller1@\(company.slug).example"
        case .few: SearchCompany.newcomersEmail(in: company)
        }
      let course = SearchCourse(
        options: options, asker: asker, examples: examples[asker == .few ? 1 : 0],
        token: try await BenchmarkInstallation.token(of: email, in: company, connection),
        installation: installation, say: say)
      comparisons += try await course.run(connection)
    }
    await connection.close()
    return SearchReport(
      options: options, machine: Machine(), version: version,
      postgres: try await installation.postgresVersion, now: now,
      words: try await words(installation.database),
      comparisons: SearchScenario.allCases.flatMap { scenario in
        comparisons.filter { $0.title == scenario.title }
      })
  }

  private func prepare(_ installation: BenchmarkInstallation, _ filler: Filler) async throws {
    let counted = try await installation.database.execute([SearchGroundStatements.deals()])
    guard let row = counted[0].first else { throw BenchmarkError("nothing was counted") }
    let (companies, deals) = (try row.integer(0), try row.integer(1))
    if companies == 0 {
      say("filling a company with \(options.deals) deals")
      let connection = try await installation.operatorConnection()
      try await SearchCompany(filler: filler).fill(connection, installation)
      await connection.close()
    } else if companies != 1 || deals != Int64(options.deals) {
      throw BenchmarkError(
        "\(options.folder) holds \(deals) deals in \(companies) companies: say --deals \(deals), or name "
          + "another folder")
    }
    say("indexing what has no words yet")
    try await installation.withMethods { try await $0.index() }
    _ = try await installation.database.executeScript(PreparationStatements.settle)
    // What the server has in its memory is of an empty company.
    try await installation.restart()
  }

  /// Cards that everybody sees, and those of the member who sees few.
  private func examples(_ database: DedicatedConnection) async throws -> [[SearchExample]] {
    let rows = try await database.execute([
      SearchGroundStatements.examples(1, false), SearchGroundStatements.examples(1, true),
    ])
    return try Self.examples(rows)
  }

  @inline(never)
  private static func examples(_ results: [Rows]) throws -> [[SearchExample]] {
    try results.map { rows in
      var examples: [SearchExample] = []
      for row in rows { examples.append(try SearchExample(row)) }
      guard !examples.isEmpty else {
        throw BenchmarkError("there are no cards to ask for: begin anew in an empty folder")
      }
      return examples
    }
  }

  private func words(_ database: DedicatedConnection) async throws -> [String] {
    try Self.words(try await database.execute([SearchGroundStatements.words()])[0])
  }

  @inline(never)
  private static func words(_ rows: Rows) throws -> [String] {
    var words: [String] = []
    for row in rows {
      words.append("\(try row.string(0)) \(try row.integer(1)) (\(try row.string(2)))")
    }
    return words
  }
}
