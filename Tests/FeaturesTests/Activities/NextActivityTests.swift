internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("The nearest planned activity, which stands on the card")
struct NextActivityTests {
  private struct Desk {
    let company: TestCompany
    let pipeline: JSON
    let deal: JSON

    static func make() async throws -> Desk {
      let company = try await TestInstallation.make().company()
      let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"], ["name": "B"]])
      let deal = try await company.owner.call(
        "deal.create", ["pipeline": .integer(pipeline.id), "title": "Кухня"])
      return Desk(company: company, pipeline: pipeline, deal: .integer(deal.id))
    }

    func time(_ hours: Int64) -> JSON {
      .string(company.installation.clock.now.adding(seconds: hours * 3600).description)
    }

    @discardableResult
    func plan(_ hours: Int64, on card: JSON? = nil) async throws -> JSON {
      try await company.owner.call(
        "activity.plan", ["card": card ?? deal, "type": "call", "due_at": time(hours)])
    }

    /// What the deal tells, and with it what all of the company's cards do.
    func next(of card: JSON? = nil) async throws -> JSON? {
      try await requireTruth()
      return try await company.owner.call("deal.get", ["id": card ?? deal])["next_activity"]?["id"]
    }

    func query(_ sql: String) async throws -> String {
      let database = company.installation.database
      return try await database.connected(as: database.superuser) { connection in
        try await connection.executeScript(sql)[0][0].string(0)
      }
    }

    /// Each card of the company tells what its activities do.
    func requireTruth(_ location: SourceLocation = #_sourceLocation) async throws {
      let wrong = try await query(
        """
        select coalesce(string_agg(c.id::text, ','), 'none')
        from voronka.card c
        left join lateral (
          select a.id, a.type, a.due_at
          from voronka.activity a
          where a.tenant_id = c.tenant_id
            and a.card_id = c.id
            and a.state = 'planned'
          order by a.due_at, a.id
          limit 1
        ) n on true
        where c.tenant_id = \(company.id)
          and (c.next_activity_id, c.next_activity_type, c.next_activity_due_at)
            is distinct from (n.id, n.type, n.due_at)
        """)
      #expect(wrong == "none", sourceLocation: location)
    }
  }

  @Test("It follows what is planned, put off, done, cancelled, tried again and retyped")
  func follows() async throws {
    let desk = try await Desk.make()
    let owner = desk.company.owner
    #expect(try await desk.next() == nil)
    let late = try await desk.plan(48)
    #expect(try await desk.next() == late["id"])
    let early = try await desk.plan(24)
    #expect(try await desk.next() == early["id"])
    try await owner.call("activity.update", ["id": .integer(early.id), "due_at": desk.time(72)])
    #expect(try await desk.next() == late["id"])
    try await owner.call("activity.update", ["id": .integer(late.id), "type": "meeting"])
    let told = try await owner.call("deal.get", ["id": desk.deal])["next_activity"]
    #expect(told?["type"] == "meeting")
    let done = try await owner.call(
      "activity.complete",
      ["id": .integer(late.id), "next": ["type": "call", "due_at": desk.time(1)]])
    #expect(try await desk.next() == done["next"]?["id"])
    let missed = try await owner.call("activity.missed_call", ["card": desk.deal])
    #expect(try await desk.next() == missed["next"]?["id"])
    try await owner.call("activity.cancel", ["id": .integer(try #require(missed["next"]).id)])
    #expect(try await desk.next() == early["id"])
    try await owner.call("activity.record_incoming", ["card": desk.deal, "type": "message"])
    #expect(try await desk.next() == early["id"])
    try await owner.call("deal.win", ["id": desk.deal])
    #expect(try await desk.next() == nil)
  }

  @Test("It goes on with the deal that a lead becomes, and with a copy")
  func carried() async throws {
    let desk = try await Desk.make()
    let owner = desk.company.owner
    let lead = try await owner.call("lead.create", ["title": "Заявка", "contact": ["name": "Ада"]])
    let planned = try await desk.plan(2, on: .integer(lead.id))
    let conversion = try await owner.call(
      "lead.convert", ["id": .integer(lead.id), "pipeline": .integer(desk.pipeline.id)])
    let deal = JSON.integer(try #require(conversion["deal"]).id)
    #expect(try await desk.next(of: deal) == planned["id"])
    let other = try await desk.company.pipeline("Монтаж", stages: [["name": "Новая"]])
    let copy = try await owner.call(
      "deal.copy", ["id": deal, "pipeline": .integer(other.id)])
    #expect(try await desk.next(of: .integer(try #require(copy["deal"]).id)) == planned["id"])
    #expect(try await desk.next(of: deal) == nil)
  }

  @Test(
    "Of many who plan, do and cancel on one card at once, none leaves it telling what is not so")
  func together() async throws {
    let desk = try await Desk.make()
    var clients = [desk.company.owner]
    for number in 1...3 {
      clients.append(
        try await desk.company.member(
          "seller\(number)", .init(pipeline: desk.pipeline.id, actions: ["view", "edit"])
        ).client)
    }
    for round in 0..<16 {
      await withTaskGroup { group in
        for (place, client) in clients.enumerated() {
          group.addTask {
            let planned = try? await client.call(
              "activity.plan",
              [
                "card": desk.deal, "type": "call",
                "due_at": desk.time(Int64(60 - round * 3 - place)),
              ])
            guard let planned, place != 0 else { return }
            _ = try? await client.call(
              place == 1 ? "activity.cancel" : "activity.complete", ["id": .integer(planned.id)])
          }
        }
      }
      try await desk.requireTruth()
    }
    // Of each round one is left, and the last is due first.
    let left = try await desk.company.owner.call(
      "activity.list", ["card": desk.deal, "state": "planned"]
    ).items
    #expect(left.count == 16)
    #expect(try await desk.next() == left.last?["id"])
  }

  @Test("What a company's file says of it is not asked: what is planned tells")
  func fromFile() async throws {
    let desk = try await Desk.make()
    let planned = try await desk.plan(5)
    _ = try await desk.query(
      """
      update voronka.card
      set next_activity_id = null, next_activity_due_at = null
      where tenant_id = \(desk.company.id)
      returning id::text
      """)
    let tenant = Parameter.integer(desk.company.id)
    _ = try await desk.company.installation.pools.writes.transaction([
      ContextStatements.server(tenant), ActivityStatements.settleAll(tenant),
    ])
    #expect(try await desk.next() == planned["id"])
  }
}
