internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Import: beginning, dry run, undoing")
struct ImportLifeTests {
  @Test("A pipeline of that name is used again, whatever its letters' case")
  func samePipeline() async throws {
    let imported = try await ImportedCompany.make()
    let again = try await ImportedCompany.begin(
      imported.company, pipeline: ["name": "SALES", "stages": [["name": "Other"]]])
    #expect(again.pipeline == imported.pipeline)
    let unknown = try await imported.company.owner.refusal(
      "import.begin", ["source": "crm", "kinds": ["deal"], "pipeline": 99])
    #expect(unknown?.kind == "not_found")
    let none = try await imported.company.owner.refusal(
      "import.begin", ["source": "crm", "kinds": ["deal"]])
    #expect(none?.kind == "invalid")
  }

  @Test("Of two imports that make the last allowed pipeline at once, one is refused by the plan")
  func pipelineLimit() async throws {
    let company = try await TestInstallation.make().company(limits: ["deal_pipelines": 1])
    let begin = { @Sendable (name: String) async throws -> RPCError? in
      try await company.owner.refusal(
        "import.begin",
        [
          "source": "crm", "kinds": ["deal"],
          "pipeline": ["name": .string(name), "stages": ImportedCompany.stages],
        ])
    }
    async let one = begin("One")
    async let two = begin("Two")
    let refusals = try await [one, two].compactMap(\.self)
    #expect(refusals.map(\.kind) == ["plan_limit"])
    #expect(refusals.first?["limit"] == "deal_pipelines")
  }

  @Test(
    "A dry run keeps nothing, yet rejects as the real one would and resolves its own references")
  func dryRun() async throws {
    let imported = try await ImportedCompany.make(dryRun: true)
    let company = try await imported.send("company", [["external_id": "c", "name": "C"]])
    #expect(company["accepted"] == 1)
    try await imported.send("product", [["external_id": "p", "name": "P"]])
    try await imported.send(
      "person",
      [
        ["external_id": "a", "name": "A", "team": ["T"]],
        ["external_id": "b", "name": "B", "team": ["T"], "lead": true],
      ])
    let rows: [JSON] = [
      [
        "external_id": "1", "title": "x", "stage": "Won", "company": "c", "responsible": "a",
        "product": "p", "reason": "Why", "contact": ["name": "N", "phone": "+7 916 123-45-67"],
      ],
      ["external_id": "2", "title": "x", "company": "none"],
    ]
    let first = try await imported.send("deal", rows)
    #expect(first["accepted"] == 1)
    #expect(first["rejected"]?[0]?["line"] == 3)
    #expect(try await imported.send("deal", rows)["unchanged"] == 1)
    try await imported.company.owner.call("import.finish", ["id": .integer(imported.id)])
    #expect(
      try await imported.number(
        """
        select (select count(*) from voronka.card) + (select count(*) from voronka.company)
          + (select count(*) from voronka.product) + (select count(*) from voronka.contact)
          + (select count(*) from voronka.reason) + (select count(*) from voronka.team)
          + (select count(*) from voronka.import) + (select count(*) from voronka.import_key)
          + (select count(*) from voronka.user_account where role = 'member')
          + (select count(*) from voronka.pipeline where kind = 'deal')
        """) == 0)
    let real = try await ImportedCompany.begin(imported.company)
    #expect(try await real.send("company", [["external_id": "c", "name": "C"]])["accepted"] == 1)
  }

  @Test("Of a dry run that was broken off nothing is left a day later")
  func brokenOffDryRun() async throws {
    let imported = try await ImportedCompany.make(dryRun: true)
    try await imported.send("company", [["external_id": "c", "name": "C"]])
    imported.company.installation.clock.advance(seconds: 90_000)
    _ = try await ImportedCompany.begin(imported.company)
    #expect(try await imported.number("select count(*) from voronka.import_key") == 0)
  }

  @Test(
    "Undoing removes cards, contacts and companies that nothing else needs, and says what stays")
  func undo() async throws {
    let imported = try await ImportedCompany.make()
    let owner = imported.company.owner
    try await imported.send(
      "company",
      [["external_id": "c1", "name": "C1"], ["external_id": "c2", "name": "C2"]])
    try await imported.send("product", [["external_id": "p", "name": "P"]])
    try await imported.send("person", [["external_id": "a", "name": "A"]])
    try await imported.send(
      "deal",
      [
        [
          "external_id": "1", "title": "1", "company": "c1", "product": "p", "responsible": "a",
          "contact": ["name": "N", "phone": "+7 916 123-45-67"],
        ],
        ["external_id": "2", "title": "2", "company": "c2"],
      ])
    let company = try #require(try await imported.cards()["2"]?["company"])
    try await owner.call(
      "deal.create",
      ["pipeline": .integer(imported.pipeline), "title": "Own", "company": company])
    let wouldBe: JSON = ["deal": 2, "company": 1, "contact": 1]
    let preview = try await owner.call(
      "import.undo", ["id": .integer(imported.id), "dry_run": true])
    #expect(preview["removed"] == wouldBe)
    #expect(preview["stays"] == ["company": 1, "person": 1, "product": 1])
    let undone = try await owner.call("import.undo", ["id": .integer(imported.id)])
    #expect(undone["removed"] == wouldBe)
    #expect(undone["stays"] == preview["stays"])
    #expect(try await imported.cards().keys.sorted() == ["Own"])
    let status = try await owner.call("import.status", ["id": .integer(imported.id)])
    #expect(status["state"] == "undone")
    #expect(status["removed"] == wouldBe)

    // What stayed is not doubled by another import, what went comes again.
    let again = try await ImportedCompany.begin(imported.company)
    let companies = try await again.send(
      "company",
      [["external_id": "c1", "name": "C1"], ["external_id": "c2", "name": "C2"]])
    #expect(companies["accepted"] == 1 && companies["unchanged"] == 1)
    #expect(
      try await again.send("deal", [["external_id": "1", "title": "1"]])["accepted"] == 1)
    let twice = try await owner.call("import.undo", ["id": .integer(imported.id)])
    #expect(twice["removed"] == wouldBe)
  }

  @Test("A reference to what was deleted meanwhile is rejected, and nothing else suffers")
  func deletedReference() async throws {
    let imported = try await ImportedCompany.make()
    try await imported.send("company", [["external_id": "c", "name": "C"]])
    let database = imported.company.installation.database
    try await database.connected(as: database.superuser) { connection in
      _ = try await connection.executeScript("delete from voronka.company")
    }
    let answer = try await imported.send(
      "deal",
      [
        ["external_id": "1", "title": "1", "company": "c"], ["external_id": "2", "title": "2"],
      ])
    #expect(answer["accepted"] == 1)
    #expect(answer["rejected"]?[0]?["reason"]?.string?.contains("deleted meanwhile") == true)
  }

  @Test("Another company's import does not exist, and its external ids are not known")
  func otherCompany() async throws {
    let installation = try await TestInstallation.make()
    let imported = try await ImportedCompany.make(installation)
    try await imported.send("company", [["external_id": "c", "name": "C"]])
    let other = try await ImportedCompany.make(installation, slug: "other")
    let answer = try await other.send(
      "deal", [["external_id": "1", "title": "1", "company": "c"]])
    #expect(answer["rejected"]?.array?.count == 1)
    let third = try await installation.company("third")
    for method in ["import.status", "import.finish", "import.undo"] {
      let refusal = try await third.owner.refusal(method, ["id": .integer(imported.id)])
      #expect(refusal?.kind == "not_found")
    }
  }
}
