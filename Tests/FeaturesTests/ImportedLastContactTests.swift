internal import JSON
internal import TestSupport
internal import Testing

@Suite("Last contacts of imported cards")
struct ImportedLastContactTests {
  @Test(
    "A row names a status of the company's list; one that it does not know is told and rejected")
  func named() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let thinking = try await owner.call(
      "contact_status.create", ["name": "Думает", "meaning": "thinking"]
    ).id
    let old = try await owner.call("contact_status.create", ["name": "Прежний"]).id
    try await owner.call("contact_status.update", ["id": .integer(old), "active": false])
    let scene = try await ImportedCompany.begin(company)
    let rows: [JSON] = [
      [
        "external_id": "1", "title": "One", "stage": "A", "created_at": "2026-01-10T09:00:00Z",
        "last_contact": "думает",
      ],
      [
        "external_id": "2", "title": "Two", "stage": "Lost", "created_at": "2026-01-10T09:00:00Z",
        "closed_at": "2026-02-10T09:00:00Z", "last_contact": "Прежний",
      ],
      ["external_id": "3", "title": "Three", "stage": "A", "last_contact": "Не знаю такого"],
      ["external_id": "4", "title": "Four", "stage": "A", "last_contact": .null],
    ]
    let answer = try await scene.send("deal", rows)
    #expect(answer["accepted"] == 3)
    #expect(answer["rejected"]?.array?.count == 1 && answer["rejected"]?[0]?["line"] == 4)
    let reason = try #require(answer["rejected"]?[0]?["reason"]?.string)
    #expect(reason.contains("last_contact") && reason.contains("Не знаю такого"))
    let cards = try await scene.cards()
    #expect(cards["One"]?["last_contact"]?["status"] == .integer(thinking))
    #expect(cards["One"]?["last_contact"]?["at"] == cards["One"]?["stage_entered_at"])
    #expect(cards["Two"]?["last_contact"]?["status"] == .integer(old))
    #expect(cards["Two"]?["last_contact"]?["at"] == cards["Two"]?["closed_at"])
    #expect(cards["Four"]?["last_contact"] == .null)
    // It is found by it, and its history tells of it.
    #expect(
      try await owner.call("deal.list", ["last_contact": .integer(thinking)]).texts("title")
        == ["One"])
    for (title, status) in [("One", thinking), ("Two", old)] {
      let history = try await owner.call("deal.history", ["id": cards[title]?["id"] ?? .null])
      let told = history.items.compactMap { $0["details"]?["last_contact"]?.int64 }
      #expect(told == [status])
    }
    // Sent again, a row says what it said.
    let again = try await scene.send("deal", [rows[0]])
    #expect(again["unchanged"] == 1 && again["rejected"] == [])
  }

  @Test("What a stage demands of it, a row fills in")
  func demanded() async throws {
    let company = try await TestInstallation.make().company()
    try await company.owner.call("contact_status.create", ["name": "Думает"])
    let pipeline = try await company.pipeline(
      "Продажи", stages: [["name": "A"], ["name": "B", "required": ["last_contact"]]])
    let begun = try await company.owner.call(
      "import.begin",
      ["source": "crm", "kinds": ["deal"], "pipeline": .integer(pipeline.id), "skip_gate": false])
    let answer = try await company.owner.call(
      "import.rows",
      [
        "import": .integer(begun.id), "kind": "deal",
        "rows": [
          ["external_id": "1", "title": "One", "stage": "B", "last_contact": "Думает"],
          ["external_id": "2", "title": "Two", "stage": "B"],
        ],
      ])
    #expect(answer["accepted"] == 1)
    #expect(answer["rejected"]?[0]?["line"] == 2)
  }
}
