internal import Foundation
internal import JSON
internal import Postgres
internal import TestSupport
internal import Testing

@testable internal import Console

/// The acceptance test of the import: a company's real sales records, not committed with the project.
/// `VORONKA_SALES_DATA` names the folder.
@Suite("The real sales data")
struct SalesDataTests {
  private static let folder = ProcessInfo.processInfo.environment["VORONKA_SALES_DATA"]
  private static let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"

  @Test("In CI the data is there")
  func isThere() throws {
    guard Self.isRequired else { return }
    let folder = try #require(Self.folder, "VORONKA_SALES_DATA is not set")
    #expect(FileManager.default.fileExists(atPath: folder + "/sales_pipeline.csv"))
  }

  @Test(
    "Board and funnel give the known totals, of the whole and of each manager",
    .enabled(if: folder != nil, "skipped: VORONKA_SALES_DATA names no folder with the sales data"))
  func totals() async throws {
    let folder = try #require(Self.folder)
    let company = try await TestInstallation.make().company()
    let start = ContinuousClock.now
    let imported = try await bringIn(folder, company)
    let took = ContinuousClock.now - start
    #expect(took < .seconds(60), "the import took \(took)")

    let board = try await company.owner.call(
      "deal.board", ["pipeline": .integer(imported.pipeline), "limit": 1])
    let stages = board["stages"]?.array ?? []
    #expect(stages.map { $0["name"] } == ["Prospecting", "Engaging", "Won", "Lost"])
    #expect(stages.map { $0["count"] } == [500, 1589, 4238, 2473])
    #expect(stages[2]["amount"]?["amount"] == "10005534.00")

    let report = try await imported.funnel()
    #expect(report["totals"]?["created"] == 8800)
    #expect(report["totals"]?["open"] == 2089)
    #expect(report["totals"]?["won"] == 4238)
    #expect(report["totals"]?["lost"] == 2473)
    #expect(report["totals"]?["won_amount"]?["amount"] == "10005534.00")
    #expect(report["stages"]?.array?.map { $0["open_here"] } == [500, 1589])
    #expect(report["stages"]?.array?.map { $0["lost_here"] } == [0, 2473])

    for manager in Self.managers {
      let team = try await imported.number(
        "select min(id) from voronka.team where name = '\(manager.name)'")
      let own = try await imported.funnel(["team": .integer(team)])
      #expect(own["totals"]?["won"]?.int64 == manager.won)
      #expect(own["totals"]?["won_amount"]?["amount"]?.string == "\(manager.sum).00")
    }
    let count = { (query: String) in try await imported.number(query) }
    #expect(try await count("select count(*) from voronka.company") == 85)
    #expect(try await count("select count(*) from voronka.product") == 7)
    // 35 agents, 6 managers and the owner.
    #expect(try await count("select count(*) from voronka.user_account") == 42)
    #expect(
      try await count("select count(*) from voronka.team where parent_id is null") == 3)
    #expect(
      try await count("select count(*) from voronka.team where kind = 'senior'") == 6)
    #expect(
      try await count("select count(*) from voronka.team_member where lead") == 6)
    #expect(
      try await count("select count(*) from voronka.team_member where not lead") == 35)
    #expect(
      try await count("select count(*) from voronka.card where company_id is null")
        == 1425)

    let again = try await bringIn(folder, company)
    #expect(again.pipeline == imported.pipeline)
    #expect(try await again.funnel()["totals"]?["created"] == 8800)
  }

  @Test(
    "Through the gate all comes in where the company demands no reasons, and what it demands is told else",
    .enabled(if: folder != nil, "skipped: VORONKA_SALES_DATA names no folder with the sales data"))
  func throughGate() async throws {
    let folder = try #require(Self.folder)
    let installation = try await TestInstallation.make()
    let lenient = try await installation.company("lenient")
    try await lenient.owner.call(
      "settings.update",
      [
        "require_loss_reason": false, "require_loss_comment": false, "require_win_reason": false,
      ])
    var rejected: [JSON] = []
    let whole = try await bringIn(folder, lenient, skipsGate: false, rejected: &rejected)
    #expect(rejected.isEmpty)
    let totals = try await whole.funnel()["totals"]
    #expect(totals?["created"] == 8800 && totals?["won"] == 4238 && totals?["lost"] == 2473)
    // S0's rules: why it was bought, why it was lost and a comment. The data tell none of that.
    let strict = try await installation.company("strict")
    for kind in ["loss", "win"] {
      try await strict.owner.call(
        "reason.create", ["kind": .string(kind), "name": .string("Any \(kind)")])
    }
    let part = try await bringIn(folder, strict, skipsGate: false, rejected: &rejected)
    let reasons = Dictionary(
      grouping: rejected.compactMap { $0["reason"]?.string }, by: \.self
    ).mapValues(\.count)
    #expect(
      reasons == [
        "Name a reason from the company's win reasons.": 4238,
        "Name a reason from the company's loss reasons. Write a comment.": 2473,
      ])
    let left = try await part.funnel()["totals"]
    #expect(left?["created"] == 2089 && left?["open"] == 2089)
  }

  private static let managers: [(name: String, won: Int64, sum: Int64)] = [
    ("Melvin Marxen", 882, 2_251_930), ("Summer Sewald", 828, 1_964_750),
    ("Rocco Neubert", 691, 1_960_545), ("Celia Rouche", 610, 1_603_897),
    ("Cara Losch", 480, 1_130_049), ("Dustin Brinkmann", 747, 1_094_363),
  ]

  /// Sends what the console proposes for the folder, row for row, in spite of the rules; nothing may be rejected.
  private func bringIn(_ folder: String, _ company: TestCompany) async throws -> ImportedCompany {
    var rejected: [JSON] = []
    let imported = try await bringIn(folder, company, skipsGate: true, rejected: &rejected)
    #expect(rejected == [])
    return imported
  }

  private func bringIn(
    _ folder: String, _ company: TestCompany, skipsGate: Bool, rejected: inout [JSON]
  ) async throws -> ImportedCompany {
    let mapping = try MappingProposal(
      folder: SourceFile.all(in: folder), source: "crm-sales", pipelineName: "Sales"
    ).mapping
    let plan = try ImportPlan(mapping, folder: folder)
    var references = plan.references
    guard case .named(let name, let stages)? = mapping.pipeline else {
      throw CancellationError()
    }
    let imported = try await ImportedCompany.begin(
      company, source: "crm-sales",
      pipeline: ["name": .string(name), "stages": .array(stages.map(\.wire))],
      skipsGate: skipsGate)
    for file in plan.files {
      let kind = file.maker.mapping.kind.rawValue
      var reader = try CSVReader(
        path: file.source.path, name: file.source.name, delimiter: file.maker.mapping.delimiter)
      _ = try reader.next()
      var rows: [JSON] = []
      while let record = try reader.next() {
        rows += try file.maker.rows(record, references: &references).map { .object($0) }
        if rows.count >= 998 {
          rejected += try await send(kind, rows, imported)
          rows = []
        }
      }
      rejected += try await send(kind, rows, imported)
    }
    return imported
  }

  /// The rows that were not taken.
  private func send(
    _ kind: String, _ rows: [JSON], _ imported: ImportedCompany
  ) async throws -> [JSON] {
    try await imported.send(kind, rows)["rejected"]?.array ?? []
  }
}
