internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("S3: prospects, and refusals after a week")
struct ProspectStoryTests {
  private static let day: Int64 = 86_400

  /// A company with the templates of the book and a seller who works in both pipelines.
  private struct Floor {
    let company: TestCompany
    let sales: JSON
    let prospects: JSON
    let seller: (id: Int64, client: TestClient)

    /// Days go by, and people log in again.
    func pass(days: Int64) async throws {
      company.installation.clock.advance(seconds: days * day)
      for (client, name) in [(company.owner, "owner"), (seller.client, "seller")] {
        try await logIn(client, name)
      }
    }

    func logIn(_ client: TestClient, _ name: String) async throws {
      try await client.call(
        "auth.login",
        [
          "tenant": .string(company.slug), "email": .string("\(name)@\(company.slug).example"),
          "password": .string(TestCompany.password),
        ])
    }

    func reason(_ name: String) async throws -> JSON {
      let reasons = try await company.owner.call("reason.list", ["limit": 500]).items
      return try #require(reasons.first { $0["name"] == .string(name) }?["id"])
    }

    func deal(_ title: String, _ amount: String) async throws -> JSON {
      let deal = try await seller.client.call(
        "deal.create",
        [
          "title": .string(title), "pipeline": .integer(sales.id),
          "contact": ["name": .string(title), "email": .string("\(title)@client.example")],
          "amount": ["amount": .string(amount), "currency": "RUB"],
        ])
      return .integer(deal.id)
    }

    func move(_ deal: JSON, _ stage: String, of pipeline: JSON) async throws {
      try await seller.client.call(
        "deal.move", ["id": deal, "stage": .integer(pipeline.stage(stage))])
    }

    func lose(_ deal: JSON, _ name: String) async throws {
      try await seller.client.call(
        "deal.lose", ["id": deal, "reason": try await reason(name), "comment": "Так и сказал"])
    }

    func funnel(_ pipeline: JSON) async throws -> JSON {
      try await company.owner.call("report.funnel", ["pipeline": .integer(pipeline.id)])
    }
  }

  private func floor() async throws -> Floor {
    let company = try await TestInstallation.make().company()
    let sales = try await company.pipeline("Продажи")
    let prospects = try await company.owner.call(
      "pipeline.create", ["kind": "deal", "template": "prospects"])
    try await company.owner.call(
      "reason.create", ["kind": "loss", "name": "Отложил покупку"])
    let rights: [String] = ["view", "create", "edit", "move", "close"]
    let seller = try await company.member(
      "seller", .init(pipeline: sales.id, actions: rights, cards: "all"),
      .init(pipeline: prospects.id, actions: rights, cards: "all"))
    return Floor(company: company, sales: sales, prospects: prospects, seller: seller)
  }

  @Test("\"In two months\": closed here, kept there, and back at its date as a deal on its base")
  func prospect() async throws {
    let floor = try await floor()
    let client = floor.seller.client
    let sold = try await floor.deal("sold", "300000.00")
    let later = try await floor.deal("later", "900000.00")
    try await floor.pass(days: 10)
    try await client.call(
      "deal.win", ["id": sold, "reason": try await floor.reason("Цена"), "comment": "Договорились"])
    // The client is the right one and sure to buy, in two months. Here the deal is over.
    try await client.call("note.add", ["card": later, "text": "Купит после ремонта"])
    try await floor.lose(later, "Отложил покупку")
    let copied = try await client.call(
      "deal.copy",
      [
        "id": later, "pipeline": .integer(floor.prospects.id),
        "fields": ["return_on": "2026-08-10"],
      ])
    let waiting = try #require(copied["deal"]?["id"])
    #expect(copied["from"]?["outcome"] == "lost")
    #expect(copied["deal"]?["fields"]?["return_on"] == "2026-08-10")
    let planned = try await client.call(
      "activity.plan",
      [
        "card": waiting, "type": "call", "due_at": "2026-08-10T10:00:00Z",
        "subject": "Вернуться к разговору",
      ])
    // The figures of the main pipeline are clean: two months of waiting are not its time, nor is the amount.
    try await floor.pass(days: 59)
    let main = try await floor.funnel(floor.sales)
    #expect(main["totals"]?["open"] == 0 && main["totals"]?["lost"] == 1)
    #expect(main["totals"]?["won_amount"]?["amount"] == "300000.00")
    let tenDays = JSON.integer(10 * Self.day)
    #expect(main["stages"]?[0]?["dwell"] == ["stays": 2, "median_s": tenDays, "p90_s": tenDays])
    // And those who wait are counted.
    let there = try await floor.funnel(floor.prospects)
    #expect(there["totals"]?["created"] == 1 && there["totals"]?["open"] == 1)
    #expect(there["stages"]?[0]?["open_here"] == 1)
    #expect(try await client.call("activity.my_day")["overdue"]?["count"] == 0)
    // The date comes: the seller is told, calls, and sells.
    try await floor.pass(days: 1)
    let today = try await client.call("activity.my_day", ["date": "2026-08-10"])
    #expect(today.description.contains("Вернуться к разговору"))
    for stage in ["Срок подошёл", "Разговор возобновлён"] {
      try await floor.move(waiting, stage, of: floor.prospects)
    }
    let back = try await client.call(
      "deal.copy",
      [
        "id": waiting, "pipeline": .integer(floor.sales.id),
        "stage": .integer(floor.sales.stage("Клиент пришёл на встречу")),
        "reason": try await floor.reason("Сроки"), "comment": "Вернулся в срок",
      ])
    let again = try #require(back["deal"]?["id"])
    #expect(back["from"]?["outcome"] == "won" && back["deal"]?["based_on"] == waiting)
    #expect(try await client.call("note.list", ["card": again]).items.count == 1)
    let next = try await client.call("deal.get", ["id": again])["next_activity"]
    #expect(next?["id"] == .integer(planned.id))
    try await client.call(
      "deal.win", ["id": again, "reason": try await floor.reason("Цена"), "comment": "Купил"])
    // Where it came from is told to its beginning.
    let steps: [(JSON, JSON?, [String])] = [
      (later, JSON?.none, ["created", "lost", "copied"]),
      (waiting, later, ["created", "moved", "moved", "won"]), (again, waiting, ["created", "won"]),
    ]
    for (deal, base, changes) in steps {
      let history = try await client.call("deal.history", ["id": deal])
      #expect(history.texts("change") == changes)
      #expect(history.items.first?["details"]?["based_on"] == base)
    }
    let whole = try await floor.funnel(floor.sales)
    #expect(whole["totals"]?["created"] == 3 && whole["totals"]?["won"] == 2)
    #expect(whole["totals"]?["won_amount"]?["amount"] == "1200000.00")
    #expect(try await floor.funnel(floor.prospects)["totals"]?["won"] == 1)
  }

  @Test("Refusals that are a week old go to a trainee with a call to make, the others stay")
  func refusals() async throws {
    let floor = try await floor()
    let owner = floor.company.owner
    let trainee = try await floor.company.member(
      "trainee", .init(pipeline: floor.sales.id, actions: ["view", "edit"], cards: "own"))
    let old = try await floor.deal("dear", "100000.00")
    let wrong = try await floor.deal("vanished", "100000.00")
    let fresh = try await floor.deal("lately", "100000.00")
    try await floor.lose(old, "Дорого")
    try await floor.lose(wrong, "Клиент пропал")
    try await floor.pass(days: 6)
    try await floor.lose(fresh, "Дорого")
    try await floor.pass(days: 1)
    let (reason, now) = (try await floor.reason("Дорого"), floor.company.installation.clock.now)
    let week = now.adding(seconds: -7 * Self.day)
    try await floor.logIn(trainee.client, "trainee")
    let lost = try await owner.call(
      "deal.list", ["pipeline": .integer(floor.sales.id), "outcome": "lost"])
    let due = lost.items.filter { deal in
      let closed = deal["closed_at"]?.string.flatMap { Timestamp($0) }
      return deal["reason"] == reason && closed.map { $0 <= week } == true
    }
    #expect(due.map { $0["id"] } == [old])
    #expect(try await trainee.client.call("deal.list").items.isEmpty)
    for deal in due {
      try await owner.call(
        "deal.assign", ["id": .integer(deal.id), "responsible": .integer(trainee.id)])
      try await owner.call(
        "activity.plan",
        [
          "card": .integer(deal.id), "type": "call",
          "due_at": .string(now.adding(seconds: 3600).description), "subject": "Отказ: перезвонить",
        ])
    }
    #expect(try await trainee.client.call("deal.list").items.map { $0["id"] } == [old])
    let today = try await trainee.client.call("activity.my_day")
    #expect(today.description.contains("Отказ: перезвонить"))
    // They may call and write down what was said, and not reopen or sell.
    let planned = try await trainee.client.call("activity.list", ["card": old]).items
    try await trainee.client.call(
      "activity.complete", ["id": planned.first?["id"] ?? .null, "outcome": "Готов посмотреть"])
    let call = try await trainee.client.refusal("deal.reopen", ["id": old])
    #expect(call?.kind == "forbidden" && call?["needs"] == "close")
    // The client changed their mind within the company's window: the seller takes it up again.
    let reopened = try await floor.seller.client.call("deal.reopen", ["id": old])
    #expect(reopened["outcome"] == "open")
    #expect(try await trainee.client.refusal("deal.get", ["id": wrong])?.kind == "not_found")
    #expect(try await trainee.client.refusal("deal.get", ["id": fresh])?.kind == "not_found")
  }
}
