internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Invoices and payments")
struct InvoiceTests {
  private struct Office {
    let company: TestCompany
    let pipeline: JSON
    let deal: JSON
    var owner: TestClient { company.owner }

    static func make() async throws -> Office {
      let company = try await TestInstallation.make().company()
      let pipeline = try await company.pipeline(
        "Мебель", stages: [["name": "Новая"], ["name": "Договор"]])
      let office = Office(company: company, pipeline: pipeline, deal: .null)
      return Office(company: company, pipeline: pipeline, deal: try await office.newDeal())
    }

    func newDeal() async throws -> JSON {
      .integer(
        try await owner.call(
          "deal.create",
          [
            "pipeline": .integer(pipeline.id), "title": "Кухня",
            "amount": InvoiceTests.rubles("1000"),
          ]
        ).id)
    }

    /// An invoice of the deal, by its number.
    func invoice(_ more: JSONObject = [:]) async throws -> JSON {
      var parameters: JSONObject = ["deal": deal, "due_at": "2026-06-10"]
      for member in more.members { parameters[member.name] = member.value }
      return try await owner.call("invoice.create", parameters)
    }
  }

  fileprivate static func rubles(_ amount: String) -> JSON {
    ["amount": .string(amount), "currency": "RUB"]
  }

  @Test(
    "An invoice is of the deal's rest, is paid in parts, and its deal's history tells of it all")
  func life() async throws {
    let office = try await Office.make()
    let owner = office.owner
    let first = try await office.invoice(["amount": Self.rubles("300"), "number": "А-1"])
    #expect(first["state"] == "open" && first["paid"] == Self.rubles("0.00"))
    let rest = try await office.invoice()
    #expect(rest["amount"] == Self.rubles("700.00") && rest["number"] == .string("\(rest.id)"))
    let none = try await owner.refusal(
      "invoice.create", ["deal": office.deal, "due_at": "2026-06-10"])
    #expect(none?.kind == "invalid")
    #expect(
      try await owner.refusal(
        "invoice.create",
        [
          "deal": office.deal, "due_at": "2026-06-10", "number": "а-1",
          "amount": Self.rubles("1"),
        ])?.kind == "conflict")
    let id: JSON = .integer(rest.id)
    let part = try await owner.call("invoice.pay", ["id": id, "amount": Self.rubles("200")])
    #expect(part["state"] == "open" && part["paid"] == Self.rubles("200.00"))
    let over = try await owner.refusal("invoice.pay", ["id": id, "amount": Self.rubles("500.01")])
    #expect(over?.kind == "invalid" && over?.message.contains("500.00") == true)
    #expect(try await owner.refusal("invoice.cancel", ["id": id])?.kind == "conflict")
    #expect(
      try await owner.refusal("invoice.update", ["id": id, "amount": Self.rubles("100")])?.kind
        == "invalid")
    #expect(
      try await owner.refusal("invoice.pay", ["id": id, "paid_at": "2999-01-01T00:00:00Z"])?.kind
        == "invalid")
    let paid = try await owner.call("invoice.pay", ["id": id])
    #expect(paid["state"] == "paid" && paid["paid"] == paid["amount"])
    #expect(try await owner.refusal("invoice.pay", ["id": id])?.kind == "conflict")
    let whole = try await owner.call("invoice.get", ["id": id])
    #expect(
      whole["payments"]?.array?.compactMap { $0["amount"] }
        == [Self.rubles("200.00"), Self.rubles("500.00")])
    let cancelled = try await owner.call("invoice.cancel", ["id": .integer(first.id)])
    #expect(cancelled["state"] == "cancelled")
    #expect(try await owner.call("invoice.cancel", ["id": .integer(first.id)]) == cancelled)
    let history = try await owner.call("deal.history", ["id": office.deal])
    #expect(
      history.texts("change") == ["created", "invoiced", "invoiced", "paid", "paid", "invoiced"])
    #expect(history.items[3]["details"]?["amount"] == "200.00")
    // What was withdrawn may be asked for again.
    #expect(try await office.invoice()["amount"] == Self.rubles("300.00"))
  }

  @Test("Lowered to what came in, an invoice is paid; nothing of a closed one changes")
  func lowering() async throws {
    let office = try await Office.make()
    let id: JSON = .integer(try await office.invoice().id)
    try await office.owner.call("invoice.pay", ["id": id, "amount": Self.rubles("400")])
    let lowered = try await office.owner.call(
      "invoice.update", ["id": id, "amount": Self.rubles("400"), "if_version": 2])
    #expect(lowered["state"] == "paid")
    #expect(
      try await office.owner.refusal("invoice.update", ["id": id, "due_at": "2026-09-01"])?.kind
        == "conflict")
  }

  @Test("Eight who pay at once never pay more than was asked for")
  func race() async throws {
    let office = try await Office.make()
    let id: JSON = .integer(try await office.invoice().id)
    let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 {
        group.addTask {
          try await office.owner.refusal(
            "invoice.pay", ["id": id, "amount": Self.rubles("300")])?.kind ?? "ok"
        }
      }
      return try await group.reduce(into: [String]()) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 == "ok" }.count == 3)
    #expect(outcomes.filter { $0 == "invalid" }.count == 5)
    let whole = try await office.owner.call("invoice.get", ["id": id])
    #expect(whole["paid"] == Self.rubles("900.00") && whole["payments"]?.array?.count == 3)
    // And of eight invoices of the rest there is one.
    let deal = try await office.newDeal()
    let made = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 {
        group.addTask {
          try await office.owner.refusal(
            "invoice.create", ["deal": deal, "due_at": "2026-06-10"])?.kind ?? "ok"
        }
      }
      return try await group.reduce(into: [String]()) { $0.append($1) }
    }
    #expect(made.filter { $0 == "ok" }.count == 1)
  }

  @Test("Numbers that somebody took beforehand are passed by, also by many at once")
  func numbers() async throws {
    let office = try await Office.make()
    let amount = Self.rubles("1")
    let first = try await office.invoice(["amount": amount])
    // Whatever comes next is among these.
    let taken = (first.id + 1)...(first.id + 200)
    let database = office.company.installation.database
    try await database.connected(as: database.superuser) { connection in
      _ = try await connection.executeScript(
        """
        insert into voronka.invoice (tenant_id, id, card_id, number, amount, due_at, created_at)
        select tenant_id, 100000 + n, card_id, n::text, amount, due_at, created_at
        from voronka.invoice, generate_series(\(taken.lowerBound), \(taken.upperBound)) n
        where id = \(first.id)
        on conflict do nothing
        """)
    }
    let invoices = try await withThrowingTaskGroup(of: JSON.self) { group in
      for _ in 0..<12 { group.addTask { try await office.invoice(["amount": amount]) } }
      return try await group.reduce(into: [JSON]()) { $0.append($1) }
    }
    let numbers = invoices.compactMap { $0["number"]?.string.flatMap { Int64($0) } }
    #expect(Set(numbers).count == 12)
    #expect(numbers.allSatisfy { $0 > taken.upperBound }, "\(numbers)")
  }

  @Test("Lists go by the day they are due, and what is overdue is so in the company's time zone")
  func lists() async throws {
    let office = try await Office.make()
    let owner = office.owner
    var ids: [Int64] = []
    for day in ["2026-09-01", "2020-01-01", "2026-08-01"] {
      ids.append(
        try await office.invoice(["due_at": .string(day), "amount": Self.rubles("10")]).id)
    }
    #expect(try await owner.call("invoice.list").ids == [ids[1], ids[2], ids[0]])
    let overdue = try await owner.call("invoice.list", ["overdue": true])
    #expect(overdue.ids == [ids[1]] && overdue.items[0]["overdue"] == true)
    #expect(
      try await owner.call("invoice.list", ["from": "2026-08-01", "to": "2026-08-31"]).ids
        == [ids[2]])
    let first = try await owner.call("invoice.list", ["limit": 2])
    let next = try await owner.call(
      "invoice.list", ["limit": 2, "after": try #require(first["next"])])
    #expect(first.ids + next.ids == [ids[1], ids[2], ids[0]])
    try await owner.call("invoice.pay", ["id": .integer(ids[1])])
    #expect(try await owner.call("invoice.list", ["overdue": true]).ids == [])
    #expect(try await owner.call("invoice.list", ["state": "paid"]).ids == [ids[1]])
    #expect(try await owner.call("invoice.list", ["deal": 999]).ids == [])
  }

  @Test("Where the company demands it, a deal is won only with a paid invoice, by whatever way")
  func winning() async throws {
    let office = try await Office.make()
    let owner = office.owner
    #expect(try await owner.call("settings.get")["paid_invoice_to_win"] == false)
    try await owner.call("settings.update", ["paid_invoice_to_win": true])
    let other = try await office.company.pipeline("Монтаж", stages: [["name": "Новая"]])
    try await owner.call("reason.create", ["kind": "win", "name": "Цена"])
    let won = try #require(
      office.pipeline["stages"]?.array?.first { $0["kind"] == "won" }?["id"])
    let ways: [(String, JSONObject)] = [
      ("deal.win", ["id": office.deal]), ("deal.move", ["id": office.deal, "stage": won]),
      ("deal.copy", ["id": office.deal, "pipeline": .integer(other.id)]),
    ]
    let id: JSON = .integer(try await office.invoice().id)
    try await owner.call("invoice.pay", ["id": id, "amount": Self.rubles("1")])
    for (method, parameters) in ways {
      let refusal = try await owner.refusal(method, parameters)
      #expect(refusal?.kind == "stage_rule" && refusal?["paid_invoice_required"] == true)
      #expect(refusal?["reason_required"] == "win", "\(method) tells the rest too")
    }
    let asked = try await owner.call("card.can_enter", ["id": office.deal, "step": "win"])
    #expect(asked["allowed"] == false && asked["refusal"]?["paid_invoice_required"] == true)
    try await owner.call("invoice.pay", ["id": id])
    let reason = try await owner.call("reason.list", ["kind": "win"]).items[0]["id"] ?? .null
    let win = try await owner.call("deal.win", ["id": office.deal, "reason": reason])
    #expect(win["outcome"] == "won")
    // Losing asks for no money.
    let lost = try await office.newDeal()
    #expect(
      try await owner.call("deal.lose", ["id": lost, "comment": "Дорого"])["outcome"] == "lost")
  }

  @Test("Who sees the deal sees its invoices, who edits it writes them, and others know of none")
  func rights() async throws {
    let office = try await Office.make()
    let id: JSON = .integer(try await office.invoice().id)
    let viewer = try await office.company.member(
      "viewer", .init(pipeline: office.pipeline.id, actions: ["view", "close"]))
    #expect(try await viewer.client.call("invoice.get", ["id": id])["payments"] == [])
    for method in ["invoice.pay", "invoice.cancel", "invoice.update"] {
      let refusal = try await viewer.client.refusal(method, ["id": id])
      #expect(refusal?.kind == "forbidden" && refusal?["needs"] == "edit", "\(method)")
    }
    let stranger = try await office.company.user("stranger")
    #expect(try await stranger.client.call("invoice.list").ids == [])
    for method in ["invoice.get", "invoice.pay"] {
      #expect(try await stranger.client.refusal(method, ["id": id])?.kind == "not_found")
    }
    let editor = try await office.company.member(
      "editor", .init(pipeline: office.pipeline.id, actions: ["view", "edit"]))
    #expect(try await editor.client.call("invoice.pay", ["id": id])["state"] == "paid")
  }

  @Test("A deal goes with its open invoices, which are counted, and not once money has come in")
  func deletion() async throws {
    let office = try await Office.make()
    let owner = office.owner
    let invoice = try await office.invoice(["amount": Self.rubles("300")])
    try await owner.call("note.add", ["card": office.deal, "text": "Раз"])
    let dry = try await owner.call("deal.delete", ["id": office.deal, "dry_run": true])
    #expect(dry["invoices"] == 1 && dry["notes"] == 1 && dry["activities"] == 0)
    #expect(dry["deleted"] == false)
    try await owner.call(
      "invoice.pay", ["id": .integer(invoice.id), "amount": Self.rubles("100")])
    for more in [["dry_run": true], [:]] as [JSONObject] {
      var request: JSONObject = ["id": office.deal]
      for member in more.members { request[member.name] = member.value }
      let refusal = try await owner.refusal("deal.delete", request)
      #expect(refusal?.kind == "conflict" && refusal?["payments"] == 1)
    }
    #expect(
      try await owner.call("invoice.get", ["id": .integer(invoice.id)])["paid"]
        == Self.rubles("100.00"))
    let other = try await office.newDeal()
    try await owner.call("invoice.create", ["deal": other, "due_at": "2026-06-10"])
    let gone = try await owner.call("deal.delete", ["id": other])
    #expect(gone["deleted"] == true && gone["invoices"] == 1)
  }
}
