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
    ["external_id": "6", "title": "Bought", "stage": "Won", "reason": "Цена"],
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

  @Test("Unless it says otherwise an import passes by the rules of selling, and the audit says so")
  func exempt() async throws {
    for asked in [nil, true] {
      let (company, begun, answer) = try await send(asked)
      #expect(answer["accepted"] == 6 && answer["rejected"] == [])
      #expect(begun["skip_gate"] == true)
      let status = try await company.owner.call("import.status", ["id": .integer(begun.id)])
      #expect(status["skip_gate"] == true)
      let row = try await company.owner.call("audit.list", ["method": "import.begin"]).items.first
      #expect(row?["after"]?["skip_gate"] == true)
    }
  }

  @Test("Through the gate, rows that break a rule are rejected with all that is missing")
  func through() async throws {
    for dryRun in [false, true] {
      let (company, begun, answer) = try await send(false, dryRun: dryRun)
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
