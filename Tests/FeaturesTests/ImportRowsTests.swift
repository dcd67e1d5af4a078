internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("Import of rows")
struct ImportRowsTests {
  private func tally(_ answer: JSON) -> [Int64?] {
    [
      answer["accepted"]?.int64, answer["unchanged"]?.int64,
      (answer["rejected"]?.array?.count).map(Int64.init),
    ]
  }

  private func reason(_ answer: JSON, _ index: Int = 0) -> String {
    answer["rejected"]?[index]?["reason"]?.string ?? ""
  }

  @Test("A deal refers to companies, people and products by external id and keeps its own values")
  func references() async throws {
    let imported = try await ImportedCompany.make()
    try await imported.send(
      "company", [["external_id": "c1", "name": "Ромашка", "fields": ["sector": "retail"]]])
    try await imported.send("product", [["external_id": "p1", "name": "Кухня", "price": "100.50"]])
    try await imported.send(
      "person", [["external_id": "Борис", "name": "Борис", "team": ["Восток", "Анна"]]])
    let answer = try await imported.send(
      "deal",
      [
        [
          "external_id": "d1", "title": "One", "stage": "Won", "opened_in": "B", "amount": "1054",
          "company": "c1", "responsible": "Борис", "product": "p1", "source": "site",
          "contact": ["name": "Пётр", "phone": "8 916 123-45-67", "email": "P@client.example"],
          "created_at": "2026-01-10", "closed_at": "2026-01-20", "reason": "Liked it",
          "comment": "two\nlines",
        ]
      ])
    #expect(tally(answer) == [1, 0, 0])
    let card = try #require(try await imported.cards()["One"])
    #expect(card["outcome"] == "won")
    #expect(card["amount"] == ["amount": "1054.00", "currency": "RUB"])
    #expect(card["company"]?.int64 == 1)
    #expect(card["contact"]?.int64 != nil)
    #expect(card["fields"] == ["product": "Кухня"])
    #expect(card["source"] == "site")
    #expect(card["comment"] == "two\nlines")
    #expect(card["reason"]?.int64 != nil)
    // Days begin in Moscow.
    #expect(card["created_at"] == "2026-01-09T21:00:00Z")
    #expect(card["closed_at"] == "2026-01-19T21:00:00Z")
    #expect(card["stage_entered_at"] == card["closed_at"])
    let history = try await imported.company.owner.call(
      "deal.history", ["id": card["id"] ?? .null])
    let items = history["items"]?.array ?? []
    #expect(items.map { $0["change"]?.string } == ["created", "won"])
    #expect(items.map { $0["user"] } == [card["responsible"], card["responsible"]])
    #expect(items.last?["details"]?["stayed_s"] == 864_000)
  }

  @Test("The same client is one contact, found by phone or e-mail, also of an earlier import")
  func contacts() async throws {
    let imported = try await ImportedCompany.make()
    let row = { (id: String, contact: JSON) -> JSON in
      ["external_id": .string(id), "title": .string(id), "contact": contact]
    }
    try await imported.send(
      "deal",
      [
        row("d1", ["name": "Пётр", "phone": "8 916 123-45-67"]),
        row("d2", ["name": "П.", "phone": "+7 (916) 1234567", "email": "p@client.example"]),
      ])
    try await imported.send("deal", [row("d3", ["email": "P@Client.example"])])
    let cards = try await imported.cards()
    #expect(Set(cards.values.map { $0["contact"]?.int64 }).count == 1)
    #expect(cards["d1"]?["contact"]?.int64 != nil)
  }

  @Test("A row that is wrong is rejected with its line and reason; the others go in")
  func rejections() async throws {
    let imported = try await ImportedCompany.make()
    let bad: [(JSON, String)] = [
      ("text", "not an object"),
      (["title": "x"], "external_id is missing"),
      (["external_id": "b1"], "title is missing"),
      (["external_id": "b2", "title": "x", "stage": "Z"], "no stage \"Z\""),
      (["external_id": "b3", "title": "x", "amount": "1,5"], "\"1,5\" is no amount"),
      (["external_id": "b4", "title": "x", "amount": "-1"], "\"-1\" must not be less than zero"),
      (["external_id": "b5", "title": "x", "company": "none"], "no company \"none\""),
      (["external_id": "b6", "title": "x", "responsible": "none"], "no person \"none\""),
      (["external_id": "b7", "title": "x", "product": "none"], "no product \"none\""),
      (["external_id": "b8", "title": "x", "created_at": "2026-02-30"], "neither a day"),
      (["external_id": "b9", "title": "x", "created_at": "2026-01-01T10:00"], "neither a day"),
      (["external_id": "b10", "title": "x", "created_at": "2036-01-01"], "in the future"),
      (
        [
          "external_id": "b11", "title": "x", "stage": "Won", "created_at": "2026-01-02",
          "closed_at": "2026-01-01",
        ], "closed_at lies before created_at"
      ),
      (["external_id": "b12", "title": "x", "stage": "A", "closed_at": "2026-01-01"], "open one"),
      (["external_id": "b13", "title": "x", "stage": "A", "reason": "why"], "has a reason"),
      (["external_id": "b14", "title": "x", "stage": "Won", "opened_in": "Lost"], "opened_in"),
      (["external_id": "b15", "title": "x", "fields": ["none": "1"]], "no field \"none\""),
      (["external_id": "b16", "title": "x", "colour": "red"], "\"colour\" is unknown"),
      (["external_id": "b17", "title": "x", "contact": ["phone": "12"]], "no phone number"),
      (["external_id": "b18", "title": "x", "contact": ["email": "a@"]], "no e-mail address"),
      (
        [
          "external_id": "b19", "title": "x", "stage": "B",
          "events": [["stage": "A", "at": "2026-01-01"]],
        ], "its last event leads to \"A\""
      ),
      (
        [
          "external_id": "b20", "title": "x", "created_at": "2026-01-02",
          "events": [["stage": "A", "at": "2026-01-01"]],
        ], "first event lies before"
      ),
      (
        ["external_id": "b21", "title": "x", "events": [["stage": "A"]]], "events[0].at is missing"
      ),
    ]
    let good: JSON = ["external_id": "good", "title": "Good"]
    let answer = try await imported.send("deal", bad.map(\.0) + [good])
    #expect(tally(answer) == [1, 0, Int64(bad.count)])
    for (index, (_, words)) in bad.enumerated() {
      let told = answer["rejected"]?.array?.first {
        $0["line"]?.int64 == Int64(index == 0 ? 1 : index + 2)
      }
      #expect(told?["reason"]?.string?.contains(words) == true, "\(words): \(told ?? .null)")
    }
    #expect(try await imported.cards().keys.sorted() == ["Good"])
    #expect(try await imported.number("select count(*) from voronka.reason") == 0)
  }

  @Test("A deal without dates counts as created at the moment of the import")
  func undated() async throws {
    let imported = try await ImportedCompany.make()
    try await imported.send(
      "deal",
      [
        ["external_id": "1", "title": "open"],
        ["external_id": "2", "title": "won", "stage": "Won"],
      ])
    let now = JSON.string(imported.company.installation.clock.now.description)
    let cards = try await imported.cards()
    #expect(cards["open"]?["created_at"] == now)
    #expect(cards["won"]?["created_at"] == now)
    #expect(cards["won"]?["closed_at"] == now)
  }

  @Test("Events become the full history: stays, who moved it, and a reopening")
  func events() async throws {
    let imported = try await ImportedCompany.make()
    try await imported.send("person", [["external_id": "ann", "name": "Ann"]])
    let answer = try await imported.send(
      "deal",
      [
        [
          "external_id": "1", "title": "One", "stage": "Won", "created_at": "2026-01-01",
          "closed_at": "2026-01-09",
          "events": [
            ["stage": "B", "at": "2026-01-03T10:00:00+03:00", "by": "ann"],
            ["stage": "A", "at": "2026-01-01T09:00:00+03:00", "by": "ann"],
            ["stage": "Lost", "at": "2026-01-05"],
            ["stage": "A", "at": "2026-01-06"],
            ["stage": "C", "at": "2026-01-09T23:00:00+03:00"],
            ["stage": "Won", "at": "2026-01-09"],
          ],
        ]
      ])
    #expect(tally(answer) == [1, 0, 0])
    let card = try #require(try await imported.cards()["One"])
    #expect(card["version"] == 6)
    #expect(card["created_at"] == "2025-12-31T21:00:00Z")
    // The day's closing comes after what else happened on that day.
    #expect(card["closed_at"] == "2026-01-09T20:00:00Z")
    let history = try await imported.company.owner.call(
      "deal.history", ["id": card["id"] ?? .null])
    let items = history["items"]?.array ?? []
    #expect(
      items.map { $0["change"]?.string } == [
        "created", "moved", "lost", "reopened", "moved", "won",
      ])
    let ann = items[1]["user"]
    #expect(items[0]["user"] == ann && items[2]["user"] != ann)
    #expect(
      try await imported.number(
        "select count(*) from voronka.stay where left_at is null") == 1)
    #expect(try await imported.number("select count(*) from voronka.stay") == 6)
  }

  @Test("Rows sent again make no doubles: in one call, in another one, in another import")
  func restart() async throws {
    let imported = try await ImportedCompany.make()
    let rows: [JSON] = (1...30).map { ["external_id": .integer($0), "title": .string("\($0)")] }
    #expect(tally(try await imported.send("deal", rows + rows.prefix(5))) == [30, 0, 5])
    #expect(tally(try await imported.send("deal", rows)) == [0, 30, 0])
    let again = try await ImportedCompany.begin(imported.company)
    #expect(again.pipeline == imported.pipeline)
    #expect(tally(try await again.send("deal", rows)) == [0, 30, 0])
    let other = try await ImportedCompany.begin(imported.company, source: "other")
    #expect(tally(try await other.send("deal", rows)) == [30, 0, 0])
  }

  @Test("Two imports of the same rows at once bring each of them once")
  func twoAtOnce() async throws {
    let imported = try await ImportedCompany.make()
    let second = try await ImportedCompany.begin(imported.company)
    let rows: [JSON] = (1...200).map { ["external_id": .integer($0), "title": .string("\($0)")] }
    async let one = imported.send("deal", rows)
    async let two = second.send("deal", rows.reversed())
    let answers = try await [one, two]
    #expect(answers.compactMap { $0["accepted"]?.int64 }.reduce(0, +) == 200)
    #expect(answers.compactMap { $0["unchanged"]?.int64 }.reduce(0, +) == 200)
    #expect(try await imported.number("select count(*) from voronka.card") == 200)
  }

  @Test("People become members without a password in a tree of teams; a lead may lead several")
  func people() async throws {
    let imported = try await ImportedCompany.make()
    let answer = try await imported.send(
      "person",
      [
        ["external_id": "a", "name": "Ann", "team": ["East", "Melvin"], "email": "Ann@m.example"],
        ["external_id": "m", "name": "Melvin", "team": ["East", "Melvin"], "lead": true],
        ["external_id": "m", "name": "Melvin", "team": ["East"], "lead": true],
        ["external_id": "m", "name": "Melvin", "team": ["East"]],
        ["external_id": "o", "name": "Owner", "email": "OWNER@mebel.example", "team": ["East"]],
        ["external_id": "x", "name": "X", "email": "no address"],
        ["external_id": "y", "name": "Y", "lead": true],
      ])
    #expect(tally(answer) == [4, 1, 2])
    #expect(reason(answer).contains("no e-mail address"))
    let count = { (query: String) in try await imported.number(query) }
    #expect(try await count("select count(*) from voronka.user_account") == 3)
    #expect(
      try await count(
        "select count(*) from voronka.user_account where password_hash is null and role = 'member'")
        == 2)
    #expect(
      try await count(
        "select count(*) from voronka.user_account where email ~ '@mebel[.]invalid$'")
        == 1)
    #expect(
      try await count(
        """
        select count(*)
        from voronka.team t
        join voronka.team p on p.id = t.parent_id
        where t.name = 'Melvin' and t.kind = 'senior' and p.name = 'East' and p.kind = 'other'
        """) == 1)
    #expect(
      try await count("select count(*) from voronka.team_member where lead") == 2)
    #expect(try await count("select count(*) from voronka.team_member") == 4)
  }

  @Test(
    "People beyond the plan's limit are rejected with a reason that names it, in a dry run too",
    arguments: [false, true])
  func seats(dryRun: Bool) async throws {
    let imported = try await ImportedCompany.make(limits: ["users": 3], dryRun: dryRun)
    let people = { (range: ClosedRange<Int>) -> [JSON] in
      range.map { ["external_id": .integer($0), "name": .string("P\($0)")] }
    }
    #expect(tally(try await imported.send("person", people(1...1))) == [1, 0, 0])
    let answer = try await imported.send("person", people(1...4))
    #expect(tally(answer) == [1, 1, 2])
    #expect(reason(answer).contains("allows 3 users, and 3 are in use"))
  }

  @Test("Two imports of people at once stay within the plan's limit")
  func seatsAtOnce() async throws {
    let imported = try await ImportedCompany.make(limits: ["users": 6])
    let other = try await ImportedCompany.begin(imported.company, source: "other")
    let people: [JSON] = (1...5).map { ["external_id": .integer($0), "name": "P"] }
    async let one = imported.send("person", people)
    async let two = other.send("person", people)
    let answers = try await [one, two]
    #expect(answers.compactMap { $0["accepted"]?.int64 }.reduce(0, +) == 5)
    #expect(
      try await imported.number("select count(*) from voronka.user_account") == 6)
  }

  @Test(
    "Into the pipeline for leads the rows become leads, marked repeat where the client is known")
  func leads() async throws {
    let company = try await TestInstallation.make().company()
    let imported = try await ImportedCompany.begin(company, pipeline: 1)
    let answer = try await imported.send(
      "deal",
      [
        ["external_id": "1", "title": "One", "contact": ["phone": "+7 916 123-45-67"]],
        ["external_id": "2", "title": "Two", "contact": ["phone": "+7 916 123-45-67"]],
      ])
    #expect(tally(answer) == [2, 0, 0])
    let leads = try await imported.cards("lead")
    #expect(leads["One"]?["repeat"] == false)
    #expect(leads["Two"]?["repeat"] == true)
  }

  @Test("More than a thousand rows in a call are refused, and so is an import that nobody began")
  func refusals() async throws {
    let imported = try await ImportedCompany.make()
    let owner = imported.company.owner
    let row: JSON = ["external_id": "1", "title": "x"]
    let tooMany = try await owner.refusal(
      "import.rows",
      [
        "import": .integer(imported.id), "kind": "deal",
        "rows": .array(Array(repeating: row, count: 1001)),
      ])
    #expect(tooMany?.kind == "invalid_params")
    let unknown = try await owner.refusal(
      "import.rows", ["import": 99, "kind": "deal", "rows": [row]])
    #expect(unknown?.kind == "not_found")
    try await owner.call("import.finish", ["id": .integer(imported.id)])
    let finished = try await owner.refusal(
      "import.rows", ["import": .integer(imported.id), "kind": "deal", "rows": [row]])
    #expect(finished?.kind == "conflict")
  }
}
