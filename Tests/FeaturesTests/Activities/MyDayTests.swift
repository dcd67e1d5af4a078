internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("My day")
struct MyDayTests {
  @Test("Overdue, today's by the company's time zone, and neglected cards stand apart")
  func parts() async throws {
    let company = try await TestInstallation.make().company()
    try await company.owner.call("settings.update", ["timezone": "Asia/Kamchatka"])
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let seller = try await company.member(
      "seller", .init(pipeline: pipeline.id, actions: ["view", "edit"]))
    let card = try await company.card(in: pipeline.stage("A"), responsible: seller.id)
    let idle = try await company.card(in: pipeline.stage("A"), responsible: seller.id)
    let others = try await company.card(in: pipeline.stage("A"))
    let now = company.installation.clock.now
    func plan(_ seconds: Int64, on card: Int64, for user: Int64? = nil) async throws -> JSON {
      var params: JSONObject = [
        "card": .integer(card), "type": "call",
        "due_at": .string(now.adding(seconds: seconds).description),
      ]
      if let user { params["responsible"] = .integer(user) }
      return try await company.owner.call("activity.plan", params)["id"] ?? .null
    }
    let late = try await plan(-60, on: card)
    // It is nine in the evening there.
    let left: Int64 = 3 * 3600
    let lastOfToday = try await plan(left - 1, on: card)
    let firstOfTomorrow = try await plan(left, on: card)
    let named = try await plan(-30, on: others, for: seller.id)
    let day = try await seller.client.call("activity.my_day")
    func ids(_ part: String, of day: JSON) -> [JSON] {
      (day[part]?["items"]?.array ?? []).map { $0["activity"]?["id"] ?? .null }
    }
    #expect(ids("overdue", of: day) == [late, named])
    #expect(ids("today", of: day) == [lastOfToday])
    #expect(day["neglected"]?["items"]?.array?.map { $0["card"]?["id"] } == [.integer(idle)])
    #expect(day["neglected"]?["count"] == 1 && day["overdue"]?["count"] == 2)
    #expect(day["overdue"]?["items"]?[0]?["card"]?["id"] == .integer(card))
    #expect(day["date"] == "2026-06-01" && day["user"] == .integer(seller.id))
    let tomorrow = try await seller.client.call("activity.my_day", ["date": "2026-06-02"])
    #expect(ids("today", of: tomorrow) == [firstOfTomorrow])
    let one = try await seller.client.call("activity.my_day", ["limit": 1])
    #expect(ids("overdue", of: one) == [late] && one["overdue"]?["count"] == 2)
  }

  @Test(
    "The first and the last day there are have their days, east and west",
    arguments: ["Europe/Moscow", "America/New_York"])
  func outermost(_ zone: JSON) async throws {
    let owner = try await TestInstallation.make().company().owner
    try await owner.call("settings.update", ["timezone": zone])
    for date in ["0001-01-01", "0001-01-02", "9999-12-31"] as [JSON] {
      #expect(try await owner.call("activity.my_day", ["date": date])["date"] == date)
    }
  }

  @Test("Who has to pay first comes first, in every part")
  func payments() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let user = try #require(try await owner.call("auth.whoami")["principal"]?["user"]?["id"]?.int64)
    var cards: [Int64] = []
    for due in [nil, "2026-07-02", "2026-07-01"] {
      let card = try await company.card(in: pipeline.stage("A"), responsible: user)
      cards.append(card)
      guard let due else { continue }
      try await owner.call(
        "invoice.create",
        [
          "deal": .integer(card), "number": .string("\(card)"), "due_at": .string(due),
          "amount": ["amount": "10", "currency": "RUB"],
        ])
    }
    func order(_ part: String) async throws -> [Int64] {
      let day = try await owner.call("activity.my_day")
      return (day[part]?["items"]?.array ?? []).compactMap { $0["card"]?["id"]?.int64 }
    }
    #expect(try await order("neglected") == cards.reversed())
    for (index, card) in cards.enumerated() {
      let due = company.installation.clock.now.adding(seconds: Int64(index) - 100)
      try await owner.call(
        "activity.plan",
        ["card": .integer(card), "type": "call", "due_at": .string(due.description)])
    }
    #expect(try await order("overdue") == cards.reversed())
    // A paid invoice is no reason any more.
    let first = try await owner.call("invoice.list", ["deal": .integer(cards[2])]).items[0]
    try await owner.call("invoice.pay", ["id": first["id"] ?? .null])
    #expect(try await order("overdue") == [cards[1], cards[0], cards[2]])
  }

  @Test("A lead sees the day of those they lead, an admin everybody's, a colleague nobody's")
  func ofOthers() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let team = try await company.team("seniors")
    let people = try await ["lead", "seller", "mate"].asyncMap {
      try await company.user($0, teams: [team])
    }
    try await company.owner.call(
      "grant.give",
      [
        "pipeline": .integer(pipeline.id), "to": ["team": .integer(team)],
        "actions": ["view", "edit"], "cards": "team",
      ])
    try await company.owner.call(
      "team.set_lead",
      ["team": .integer(team), "user": .integer(people[0].id), "lead": true])
    let card = try await company.card(in: pipeline.stage("A"), responsible: people[1].id)
    let params: JSONObject = ["user": .integer(people[1].id)]
    for client in [people[0].client, people[1].client, company.owner] {
      let day = try await client.call("activity.my_day", params)
      #expect(day["neglected"]?["items"]?[0]?["card"]?["id"] == .integer(card))
    }
    #expect(try await people[2].client.refusal("activity.my_day", params)?.kind == "forbidden")
    let outsider = try await company.user("outsider")
    #expect(try await outsider.client.refusal("activity.my_day", params)?.kind == "not_found")
  }
}

extension MyDayTests {
  @Test("Nobody's open cards are in the day of those who may assign them, and in nobody else's")
  func unassigned() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let other = try await company.pipeline("Аренда", stages: [["name": "A"]])
    let chief = try await company.member(
      "chief", .init(pipeline: pipeline.id, actions: ["view", "assign"]),
      .init(pipeline: other.id, actions: ["view"]))
    let own = try await company.member(
      "own", .init(pipeline: pipeline.id, actions: ["view", "assign"], cards: "own"))
    let seller = try await company.member(
      "seller", .init(pipeline: pipeline.id, actions: ["view", "edit", "move"]))
    func nobodys(_ title: String, in pipeline: JSON) async throws -> JSON {
      let deal = try await owner.call(
        "deal.create", ["title": .string(title), "pipeline": .integer(pipeline.id)])
      try await owner.call("deal.assign", ["id": .integer(deal.id), "responsible": .null])
      return .integer(deal.id)
    }
    let idle = try await nobodys("Кухня", in: pipeline)
    company.installation.clock.advance(seconds: 1)
    let planned = try await nobodys("Шкаф", in: pipeline)
    let elsewhere = try await nobodys("Стол", in: other)
    let closed = try await nobodys("Стул", in: pipeline)
    let reason = try await owner.call("reason.create", ["kind": "loss", "name": "Дорого"])
    try await owner.call(
      "deal.lose", ["id": closed, "reason": .integer(reason.id), "comment": "Дорого"])
    try await owner.call(
      "activity.plan", ["card": planned, "type": "call", "due_at": "2030-01-01T00:00:00Z"])
    try await owner.call("activity.record_incoming", ["card": idle, "type": "call"])
    company.installation.clock.advance(seconds: 1)
    try await owner.call("activity.record_incoming", ["card": planned, "type": "call"])
    func day(_ client: TestClient, _ params: JSONObject = [:]) async throws -> [JSON?] {
      let day = try await client.call("activity.my_day", params)
      let part = day["unassigned"]
      let items = (part?["items"]?.array ?? []).map { $0["card"]?["id"] }
      #expect(part?["count"] == .integer(items.count))
      return items
    }
    #expect(try await day(chief.client) == [idle, planned])
    let all = try await day(owner)
    #expect(all.count == 3 && all.contains(elsewhere))
    for client in [own.client, seller.client] { #expect(try await day(client).isEmpty) }
    // Of somebody else's day an admin sees what that one has to see to.
    #expect(try await day(owner, ["user": .integer(chief.id)]) == [idle, planned])
    #expect(try await day(owner, ["user": .integer(seller.id)]).isEmpty)
    try await chief.client.call(
      "deal.assign", ["id": idle, "responsible": .integer(seller.id)])
    #expect(try await day(chief.client) == [planned])
    let neglected = try await seller.client.call("activity.my_day")["neglected"]
    #expect(neglected?["items"]?[0]?["card"]?["id"] == idle)
  }
}

extension Array {
  fileprivate func asyncMap<Value>(
    _ transform: (Element) async throws -> Value
  ) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
