internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Imports and the gate")
struct ImportGateTests {
  private static let rows: [JSON] = [
    ["external_id": "1", "title": "Bare", "stage": "Lost"],
    ["external_id": "2", "title": "Told", "stage": "Lost", "reason": "Дорого", "comment": "Да"],
    ["external_id": "3", "title": "Early", "stage": "A"],
    ["external_id": "4", "title": "Empty", "stage": "B"],
    ["external_id": "5", "title": "Filled", "stage": "B", "amount": "100"],
    [
      "external_id": "6", "title": "Bought", "stage": "Won", "reason": "Цена", "amount": "100",
    ],
  ]

  /// A company that has reasons and a stage that wants an amount, and the answer to the rows.
  private func send(
    _ skipsGate: Bool?, dryRun: Bool = false
  ) async throws -> (company: TestCompany, begun: JSON, answer: JSON) {
    let company = try await TestInstallation.make().company()
    for kind in ["loss", "win"] {
      try await company.owner.call(
        "reason.create", ["kind": .string(kind), "name": .string("Any \(kind)")])
    }
    let pipeline = try await company.pipeline(
      "Sales",
      stages: [
        ["name": "A"], ["name": "B", "required": ["amount"]], ["name": "Won", "kind": "won"],
        ["name": "Lost", "kind": "lost"],
      ])
    var parameters: JSONObject = [
      "source": "crm", "kinds": ["deal"], "pipeline": .integer(pipeline.id),
      "dry_run": .bool(dryRun),
    ]
    if let skipsGate { parameters["skip_gate"] = .bool(skipsGate) }
    let begun = try await company.owner.call("import.begin", parameters)
    let answer = try await company.owner.call(
      "import.rows",
      ["import": .integer(begun.id), "kind": "deal", "rows": .array(Self.rows)])
    return (company, begun, answer)
  }

  @Test("An import that says so passes by the rules of selling, and the audit shows it")
  func exempt() async throws {
    do {
      let (company, begun, answer) = try await send(true)
      #expect(answer["accepted"] == 6 && answer["rejected"] == [])
      #expect(begun["skip_gate"] == true)
      let status = try await company.owner.call("import.status", ["id": .integer(begun.id)])
      #expect(status["skip_gate"] == true)
      let row = try await company.owner.call("audit.list", ["method": "import.begin"]).items.first
      #expect(row?["after"]?["skip_gate"] == true)
    }
  }

  @Test(
    "Any other goes through the gate: rows that break a rule are rejected with all that is missing")
  func through() async throws {
    for (asked, dryRun) in [(false, false), (nil, false), (nil, true)] {
      let (company, begun, answer) = try await send(asked, dryRun: dryRun)
      #expect(begun["skip_gate"] == false)
      #expect(answer["accepted"] == 4)
      let rejected = answer["rejected"]?.array ?? []
      #expect(rejected.map { $0["line"] } == [1, 4])
      let reasons = rejected.compactMap { $0["reason"]?.string }
      #expect(reasons.first?.contains("loss reasons") == true)
      #expect(reasons.first?.contains("Write a comment") == true)
      #expect(reasons.last == "Fill in amount first.")
      // No reason is made for a row that is rejected.
      let names = try await company.owner.call("reason.list").texts("name")
      #expect(names.contains("Дорого") == !dryRun && names.contains("Цена") == !dryRun)
      let cards = try await company.owner.call("deal.list")
      #expect(cards.items.count == (dryRun ? 0 : 4))
    }
  }

  @Test(
    "A row goes the way it tells: what stages passed require, and the rules on skipping and going back"
  )
  func ways() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline(
      "Strict",
      stages: [
        ["name": "A"], ["name": "B", "required": ["amount"]], ["name": "C"],
        ["name": "Won", "kind": "won"],
      ])
    try await company.owner.call(
      "pipeline.update",
      ["id": .integer(pipeline.id), "no_skip": "enforce", "no_back": "enforce"])
    func walk(_ id: JSON, _ stages: [JSON], _ amount: JSON) -> JSON {
      [
        "external_id": id, "title": id, "amount": amount,
        "events": .array(stages.map { ["stage": $0, "at": "2026-01-10"] }),
      ]
    }
    let rows: [JSON] = [
      ["external_id": "jumped", "title": "X", "stage": "C", "amount": "1"],
      walk("walked", ["A", "B", "C"], "1"), walk("bare", ["A", "B", "C"], .null),
      walk("skipped", ["A", "C"], "1"), walk("back", ["A", "B", "A"], "1"),
      walk("won", ["A", "Won"], "1"), walk("owing", ["A", "Won"], .null),
    ]
    for skipsGate in [false, true] {
      let begun = try await company.owner.call(
        "import.begin",
        [
          "source": .string("crm \(skipsGate)"), "kinds": ["deal"],
          "pipeline": .integer(pipeline.id), "skip_gate": .bool(skipsGate),
        ])
      let answer = try await company.owner.call(
        "import.rows",
        ["import": .integer(begun.id), "kind": "deal", "rows": .array(rows)])
      let rejected = answer["rejected"]?.array ?? []
      #expect(
        rejected.compactMap { $0["line"]?.int64 } == (skipsGate ? [] : [1, 3, 4, 5, 7]))
      guard !skipsGate else { continue }
      let reasons = rejected.compactMap { $0["reason"]?.string }
      #expect(reasons[0].contains("would be skipped") && reasons[2].contains("would be skipped"))
      #expect(reasons[1] == "Fill in amount first." && reasons[4] == "Fill in amount first.")
      #expect(reasons[3] == "This pipeline does not let cards move back.")
    }
  }

  /// A company with transfer stages, and the answer to rows of leads.
  private func sendLeads(
    _ rows: [JSON], leads: Bool = true, skipsGate: Bool = true
  ) async throws -> (floor: SalesFloor, answer: JSON) {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    try await owner.call("settings.update", ["leads": .bool(leads)])
    let begun = try await owner.call(
      "import.begin",
      [
        "source": "crm", "kinds": ["deal"], "pipeline": .integer(floor.leads.id),
        "skip_gate": .bool(skipsGate),
      ])
    let answer = try await owner.call(
      "import.rows", ["import": .integer(begun.id), "kind": "deal", "rows": .array(rows)])
    return (floor, answer)
  }

  @Test("No lead comes into a transfer stage: such a row is rejected, wherever it names the stage")
  func transfers() async throws {
    let transfer: JSON = "передать - услуги"
    for skipsGate in [true, false] {
      let (floor, answer) = try await sendLeads(
        [
          ["external_id": "1", "title": "Стоит", "stage": transfer],
          [
            "external_id": "2", "title": "Был", "stage": "Проиграна", "opened_in": transfer,
            "reason": "Дорого", "comment": "Да",
          ],
          [
            "external_id": "3", "title": "Прошёл",
            "events": [
              ["stage": "Новая", "at": "2026-01-10"], ["stage": transfer, "at": "2026-01-11"],
            ],
          ],
          ["external_id": "4", "title": "Новая", "stage": "Новая"],
          [
            "external_id": "5", "title": "Закрыта", "stage": "Проиграна", "reason": "Дорого",
            "comment": "Да",
          ],
          [
            "external_id": "6", "title": "Передана",
            "contact": ["name": "Пётр", "phone": "+7 916 123-45-67"],
            "events": [
              ["stage": "Новая", "at": "2026-01-10"], ["stage": transfer, "at": "2026-01-11"],
              ["stage": "Завершена сделкой", "at": "2026-01-11"],
            ],
          ],
          [
            "external_id": "7", "title": "Начал",
            "events": [
              ["stage": transfer, "at": "2026-01-11"],
              ["stage": "Завершена сделкой", "at": "2026-01-11"],
            ],
          ],
          [
            "external_id": "8", "title": "Назад",
            "events": [
              ["stage": "Новая", "at": "2026-01-10"], ["stage": transfer, "at": "2026-01-11"],
              ["stage": "Квалификация", "at": "2026-01-12"],
            ],
          ],
        ], skipsGate: skipsGate)
      #expect(answer["accepted"] == 3)
      let rejected = answer["rejected"]?.array ?? []
      #expect(rejected.map { $0["line"] } == [1, 2, 3, 7, 8])
      #expect(
        rejected.allSatisfy { $0["reason"]?.string?.contains("makes a deal of it at once") == true }
      )
      // A closed one that says nothing else stood in the last stage in which leads do stand.
      let closed = try #require(
        try await floor.company.owner.call("lead.list", ["outcome": "lost"]).items.first)
      let history = try await floor.company.owner.call(
        "lead.history", ["id": .integer(closed.id)])
      #expect(history.items.first?["details"]?["to"] == floor.stage(1, of: floor.leads))
    }
  }

  @Test("A company without leads takes no rows of leads, and is told so line by line")
  func withoutLeads() async throws {
    let rows: [JSON] = [["external_id": "1", "title": "Новая", "line": 7]]
    let (floor, answer) = try await sendLeads(rows, leads: false)
    #expect(answer["accepted"] == 0 && answer["rejected"]?[0]?["line"] == 7)
    #expect(answer["rejected"]?[0]?["reason"]?.string?.contains("without leads") == true)
    #expect(try await floor.company.owner.call("lead.list").items.isEmpty)
    #expect(try await sendLeads(rows).answer["accepted"] == 1)
  }

  @Test("The ledger tells of an imported card that the file said whose it is")
  func ledger() async throws {
    let imported = try await ImportedCompany.make()
    try await imported.send(
      "person", [["external_id": "ann", "name": "Ann", "email": "ann@m.example"]])
    let answer = try await imported.send(
      "deal",
      [
        [
          "external_id": "1", "title": "Hers", "responsible": "ann",
          "events": [["stage": "A", "at": "2026-01-10"], ["stage": "B", "at": "2026-01-12"]],
        ],
        ["external_id": "2", "title": "Nobody's"],
      ])
    #expect(answer["accepted"] == 2)
    let owner = imported.company.owner
    let ann = try await owner.call("user.list").items.first { $0["name"] == "Ann" }?["id"]
    for deal in try await owner.call("deal.list").items {
      let history = try await owner.call("deal.history", ["id": .integer(deal.id)])
      let told = history.items.compactMap { $0["assignment"] }
      #expect(told.count == 1 && history.items.first?["assignment"] == told.first)
      #expect(told.first?["way"] == "imported")
      #expect(told.first?["responsible"] == (deal["title"] == "Hers" ? ann : JSON.null))
      #expect(told.first?["details"] == ["import": .integer(imported.id)])
    }
    // And goes with the card.
    let undone = try await owner.call("import.undo", ["id": .integer(imported.id)])
    #expect(undone["removed"]?["deal"] == 2)
  }

  @Test("Into a frozen pipeline nothing comes, exempt or not")
  func frozen() async throws {
    for skipsGate in [true, false] {
      let (company, _, _) = try await send(skipsGate)
      let pipeline = try await company.owner.call("pipeline.list", ["kind": "deal"]).items[0]
      let begun = try await company.owner.call(
        "import.begin",
        [
          "source": "later", "kinds": ["deal"], "pipeline": .integer(pipeline.id),
          "skip_gate": .bool(skipsGate),
        ])
      try await company.owner.call("pipeline.archive", ["id": .integer(pipeline.id)])
      let answer = try await company.owner.call(
        "import.rows",
        [
          "import": .integer(begun.id), "kind": "deal",
          "rows": [["external_id": "9", "title": "Late", "stage": "A"]],
        ])
      #expect(answer["accepted"] == 0 && answer["rejected"]?.array?.count == 1)
    }
  }
}
