internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("S2: how deals are worked on")
struct DealRulesStoryTests {
  /// A company that works by the rules of S2, with one seller.
  private struct Office {
    let company: TestCompany
    let pipeline: JSON
    let seller: (id: Int64, client: TestClient)
    var client: TestClient { seller.client }
    var clock: TestClock { company.installation.clock }

    static func make() async throws -> Office {
      let company = try await TestInstallation.make().company()
      try await company.owner.call(
        "settings.update",
        ["timezone": "Europe/Moscow", "paid_invoice_to_win": true, "require_loss_reason": true])
      let pipeline = try await company.pipeline(
        "Мебель",
        stages: [
          ["name": "Новая"], ["name": "Договор", "required": ["amount"]],
          ["name": "Счёт выставлен"], ["name": "Оплачено", "kind": "won"],
          ["name": "Отказ по причине", "kind": "lost"],
          ["name": "Снята по правилам", "kind": "lost"],
          ["name": "Клиент загасился", "kind": "lost"],
        ])
      try await company.owner.call(
        "pipeline.update", ["id": .integer(pipeline.id), "life_limit": "P3M"])
      for (name, loss) in [
        ("Дорого", "refused"), ("Старше трёх месяцев", "dropped"), ("Не отвечает", "vanished"),
      ] {
        try await company.owner.call(
          "reason.create",
          ["kind": "loss", "name": .string(name), "loss_kind": .string(loss)])
      }
      try await company.owner.call("reason.create", ["kind": "win", "name": "Качество"])
      let seller = try await company.member(
        "seller",
        .init(
          pipeline: pipeline.id, actions: ["view", "create", "edit", "move", "close"],
          cards: "own"))
      return Office(company: company, pipeline: pipeline, seller: seller)
    }

    /// A request of Pyotr's, as somebody else writes his number each time.
    func request(_ title: String, phone: String = "+7 916 123-45-67") async throws -> JSON {
      try await client.call(
        "deal.create",
        [
          "pipeline": .integer(pipeline.id), "title": .string(title),
          "contact": ["name": "Пётр", "phone": .string(phone)],
        ])
    }

    /// The seller comes back after a while.
    func logIn() async throws {
      try await client.call(
        "auth.login",
        [
          "tenant": .string(company.slug), "email": .string("seller@\(company.slug).example"),
          "password": .string(TestCompany.password),
        ])
    }

    func reason(_ name: String) async throws -> JSON {
      let kind = name == "Качество" ? "win" : "loss"
      let reasons = try await client.call("reason.list", ["kind": .string(kind)])
      return try #require(reasons.items.first { $0["name"] == .string(name) }?["id"])
    }

    /// The cards in a part of the seller's day, in its order.
    func day(_ part: String) async throws -> [Int64] {
      let day = try await client.call("activity.my_day")
      let items = day[part]?["items"]?.array ?? []
      #expect(day[part]?["count"] == .integer(items.count))
      return items.compactMap { $0["card"]?["id"]?.int64 }
    }

    func moment(_ seconds: Int64) -> JSON {
      .string(clock.now.adding(seconds: seconds).description)
    }

    func plan(_ deal: Int64, in seconds: Int64) async throws -> JSON {
      let planned = try await client.call(
        "activity.plan", ["card": .integer(deal), "type": "call", "due_at": moment(seconds)])
      return .integer(planned.id)
    }

    /// What the seller's rules forbid: an open deal for which nothing is planned and that no day shows.
    func expectNothingForgotten() async throws {
      let neglected = try await day("neglected")
      let open = try await client.call("deal.list", ["outcome": "open", "limit": 500])
      for deal in open.ids where !neglected.contains(deal) {
        let whole = try await client.call("deal.get", ["id": .integer(deal)])
        #expect(whole["next_activity"]?["due_at"]?.string != nil, "deal \(deal)")
      }
    }
  }

  private static let hour: Int64 = 3600
  private static let day: Int64 = 86400

  @Test("A client who has paid and asks anew gets a second deal: both are open, and nothing merges")
  func requests() async throws {
    let office = try await Office.make()
    let seller = office.client
    let first = try await office.request("Кухня")
    #expect(first["repeat"] == false)
    let id = JSON.integer(first.id)
    try await seller.call(
      "deal.update", ["id": id, "amount": ["amount": "250000", "currency": "RUB"]])
    try await seller.call("note.add", ["card": id, "text": "Дуб, до августа"])
    let invoice = try await seller.call(
      "invoice.create", ["deal": id, "due_at": "2026-06-05"])
    try await seller.call("invoice.pay", ["id": .integer(invoice.id)])
    // "And what would a wardrobe cost?" The number is written otherwise this time.
    let second = try await office.request("Шкаф", phone: "8 (916) 123 45 67")
    #expect(second["repeat"] == true && second["contact"] == first["contact"])
    let open = try await seller.call(
      "deal.list", ["contact": first["contact"] ?? .null, "outcome": "open"])
    #expect(open.ids == [second.id, first.id])
    // What belongs to one does not belong to the other: notes, money, the end.
    let other = JSON.integer(second.id)
    #expect(try await seller.call("note.list", ["card": other]).items.isEmpty)
    #expect(second["amount"] == .null && second["based_on"] == .null)
    #expect(try await seller.call("invoice.list", ["deal": other]).items.isEmpty)
    let why = try await office.reason("Качество")
    let unpaid = try await seller.refusal("deal.win", ["id": other, "reason": why])
    #expect(unpaid?["paid_invoice_required"] == true)
    #expect(try await seller.call("deal.win", ["id": id, "reason": why])["outcome"] == "won")
    let left = try await seller.call("deal.get", ["id": other])
    #expect(left["outcome"] == "open" && left["version"] == second["version"])
  }

  @Test(
    "Every open deal has something planned or shows as neglected, and a touch is due in two weeks")
  func plans() async throws {
    let office = try await Office.make()
    let seller = office.client
    let deal = try await office.request("Кухня").id
    let other = try await office.request("Шкаф").id
    // Nobody has planned anything yet: both show, and neither can be overlooked.
    #expect(try await office.day("neglected") == [deal, other])
    let call = try await office.plan(deal, in: Self.hour)
    #expect(try await office.day("neglected") == [other])
    #expect(try await office.day("today") == [deal])
    try await office.expectNothingForgotten()
    // "Thinking": the next touch is planned in the same step.
    try await seller.call(
      "activity.complete",
      [
        "id": call, "outcome": "Думает",
        "next": ["type": "call", "due_at": office.moment(14 * Self.day)],
      ])
    _ = try await office.plan(other, in: 20 * Self.day)
    for part in ["overdue", "today", "incoming", "neglected"] {
      #expect(try await office.day(part).isEmpty, "\(part)")
    }
    // Two weeks later to the second it is still today's, and then it is overdue.
    office.clock.advance(seconds: 14 * Self.day - 1)
    #expect(try await office.day("today") == [deal])
    office.clock.advance(seconds: 2)
    #expect(try await office.day("today").isEmpty)
    #expect(try await office.day("overdue") == [deal])
    // Done without a next one, it shows again at once: a deal does not slip away.
    let due = try await seller.call("deal.get", ["id": .integer(deal)])["next_activity"]?["id"]
    try await seller.call("activity.complete", ["id": due ?? .null, "outcome": "Не решил"])
    #expect(try await office.day("overdue").isEmpty)
    #expect(try await office.day("neglected") == [deal])
    try await office.expectNothingForgotten()
  }

  @Test("By the end of the day nothing that came in is left: an answer counts, an attempt does not")
  func incoming() async throws {
    let office = try await Office.make()
    let seller = office.client
    let (kitchen, wardrobe) = (
      try await office.request("Кухня").id, try await office.request("Шкаф").id
    )
    let planned = try await office.plan(kitchen, in: Self.hour)
    try await seller.call(
      "activity.record_incoming", ["card": .integer(kitchen), "type": "message"])
    office.clock.advance(seconds: 60)
    try await seller.call(
      "activity.record_incoming", ["card": .integer(wardrobe), "type": "call"])
    #expect(Set(try await office.day("incoming")) == [kitchen, wardrobe])
    // Called back in vain: the client still waits, and the deal stays where it stands.
    let before = try await seller.call("deal.get", ["id": .integer(wardrobe)])
    try await seller.call(
      "activity.missed_call", ["card": .integer(wardrobe), "retry_at": office.moment(Self.hour)])
    #expect(Set(try await office.day("incoming")) == [kitchen, wardrobe])
    let after = try await seller.call("deal.get", ["id": .integer(wardrobe)])
    #expect(after["stage"] == before["stage"])
    try await seller.call("activity.complete", ["id": planned, "outcome": "Ответили"])
    #expect(try await office.day("incoming") == [wardrobe])
    office.clock.advance(seconds: Self.hour)
    let retry = try #require(after["next_activity"]?["id"])
    try await seller.call("activity.complete", ["id": retry, "outcome": "Дозвонились"])
    #expect(try await office.day("incoming").isEmpty)
    // A mail that was answered as it came never waits.
    try await seller.call(
      "activity.record_incoming",
      ["card": .integer(kitchen), "type": "email", "answered": true])
    #expect(try await office.day("incoming").isEmpty)
  }

  @Test("No invoice, no payment; no payment, no won deal: and the history tells the whole way")
  func payment() async throws {
    let office = try await Office.make()
    let seller = office.client
    // Untouched for longer than the one that is worked on.
    let other = try await office.request("Шкаф").id
    let deal = JSON.integer(try await office.request("Кухня").id)
    let contract = JSON.integer(office.pipeline.stage("Договор"))
    let refusal = try await seller.refusal("deal.move", ["id": deal, "stage": contract])
    #expect(refusal?.kind == "stage_rule" && refusal?["missing"] == ["amount"])
    try await seller.call(
      "deal.update", ["id": deal, "amount": ["amount": "250000", "currency": "RUB"]])
    try await seller.call("deal.move", ["id": deal, "stage": contract])
    let why = try await office.reason("Качество")
    #expect(
      try await seller.refusal("deal.win", ["id": deal, "reason": why])?[
        "paid_invoice_required"] == true)
    let invoice = try await seller.call(
      "invoice.create", ["deal": deal, "due_at": "2026-06-03"])
    try await seller.call(
      "deal.move", ["id": deal, "stage": .integer(office.pipeline.stage("Счёт выставлен"))])
    // Who has to pay stands in front in the seller's day, and an invoice alone is no payment.
    #expect(try await office.day("neglected") == [try #require(deal.int64), other])
    #expect(
      try await seller.refusal("deal.win", ["id": deal, "reason": why])?[
        "paid_invoice_required"] == true)
    office.clock.advance(seconds: Self.day)
    try await seller.call("invoice.pay", ["id": .integer(invoice.id)])
    let won = try await seller.call("deal.win", ["id": deal, "reason": why])
    #expect(won["outcome"] == "won" && won["reason"] == why)
    #expect(won["closed_at"] == .string(office.clock.now.description))
    #expect(won["stage"] == .integer(office.pipeline.stage("Оплачено")))
    let history = try await seller.call("deal.history", ["id": deal]).items
    #expect(
      history.compactMap { $0["change"]?.string } == [
        "created", "updated", "moved", "invoiced", "moved", "paid", "won",
      ])
    #expect(history.allSatisfy { $0["user"] == .integer(office.seller.id) })
    #expect(history.last?["at"] == won["closed_at"])
    #expect(try await office.day("neglected") == [other])
  }

  @Test("Three kinds of loss are told apart: refused for a reason, dropped by the rules, vanished")
  func losses() async throws {
    let office = try await Office.make()
    let seller = office.client
    let kinds = [
      ("Отказ по причине", "Дорого", "refused"),
      ("Снята по правилам", "Старше трёх месяцев", "dropped"),
      ("Клиент загасился", "Не отвечает", "vanished"),
    ]
    var lost: [Int64] = []
    for (stage, name, kind) in kinds {
      let deal = try await office.request(stage).id
      _ = try await office.plan(deal, in: Self.hour)
      let target = JSON.integer(office.pipeline.stage(stage))
      let bare = try await seller.refusal("deal.lose", ["id": .integer(deal), "stage": target])
      #expect(bare?.kind == "stage_rule" && bare?["reason_required"] != nil)
      let card = try await seller.call(
        "deal.lose",
        [
          "id": .integer(deal), "stage": target, "reason": try await office.reason(name),
          "comment": .string("Потому что: \(name)"),
        ])
      #expect(card["outcome"] == "lost" && card["stage"] == target)
      #expect(card["loss_kind"] == .string(kind))
      lost.append(deal)
    }
    for ((stage, name, kind), deal) in zip(kinds, lost) {
      #expect(
        try await seller.call("deal.list", ["loss_kind": .string(kind)]).ids == [deal])
      let page = try await seller.call(
        "deal.list", ["stage": .integer(office.pipeline.stage(stage)), "outcome": "lost"])
      #expect(page.ids == [deal])
      #expect(page.items.first?["reason"] == (try await office.reason(name)))
      #expect(page.items.first?["comment"] == .string("Потому что: \(name)"))
    }
    // They ask nothing of the day any more.
    for part in ["overdue", "today", "incoming", "neglected"] {
      #expect(try await office.day(part).isEmpty, "\(part)")
    }
  }

  @Test(
    "No deal lives for longer than three months: it is told as outlived, and dropped by the rules")
  func life() async throws {
    let office = try await Office.make()
    let deal = JSON.integer(try await office.request("Кухня").id)
    // From the first of June: 30, 31 and 31 days.
    for (seconds, isOver) in [(92 * Self.day - 1, false), (2, true)] {
      office.clock.advance(seconds: seconds)
      try await office.logIn()
      let clocks = try await office.client.call("deal.get", ["id": deal])["clocks"]
      #expect(clocks?["life_limit_s"] == .integer(92 * Self.day))
      #expect(clocks?["outlived"] == .bool(isOver))
      // Moving it on does not begin its life anew.
      guard !isOver else { continue }
      try await office.client.call(
        "deal.update", ["id": deal, "amount": ["amount": "250000", "currency": "RUB"]])
      try await office.client.call(
        "deal.move", ["id": deal, "stage": .integer(office.pipeline.stage("Договор"))])
    }
    let dropped = try await office.client.call(
      "deal.lose",
      [
        "id": deal, "stage": .integer(office.pipeline.stage("Снята по правилам")),
        "reason": try await office.reason("Старше трёх месяцев"), "comment": "Три месяца",
      ])
    #expect(dropped["outcome"] == "lost" && dropped["loss_kind"] == "dropped")
    // Whoever asks again gets a new deal with a life of its own.
    let anew = try await office.request("Кухня снова")
    let clocks = try await office.client.call("deal.get", ["id": .integer(anew.id)])["clocks"]
    #expect(clocks?["life_s"] == 0 && clocks?["outlived"] == false)
  }
}
