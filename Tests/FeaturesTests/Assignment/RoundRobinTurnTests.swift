internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Turns of a round robin", .timeLimit(.minutes(5)))
struct RoundRobinTurnTests {
  /// A first line, and a direction with three people more than usual who take turns.
  private struct Scene {
    let floor: SalesFloor
    /// The first line's connections, the last of them to another server.
    let clients: [TestClient]

    static func make() async throws -> Scene {
      let floor = try await SalesFloor.make()
      let team = try await floor.company.owner.call("team.list").ids[2]
      for name in ["b", "c"] { _ = try await floor.company.user(name, teams: [team]) }
      let (slug, email) = (floor.company.slug, "first@\(floor.company.slug).example")
      let other = try floor.company.installation.anotherServer()
      return Scene(
        floor: floor,
        clients: [
          floor.first.client, try await floor.company.installation.login(slug, email),
          try await other.login(slug, email),
        ])
    }

    func leads(_ count: Int) async throws -> [JSON] {
      var leads: [JSON] = []
      for number in 0..<count {
        let lead = try await floor.lead(
          "Заявка \(number)",
          ["contact": ["name": "Пётр", "email": .string("p\(number)@a.example")]])
        leads.append(.integer(lead.id))
      }
      return leads
    }

    /// How many deals each has, the fewest first, and how many turns were taken.
    func spread() async throws -> (counts: [Int], turns: Int64) {
      let deals = try await floor.company.owner.call(
        "deal.list", ["pipeline": .integer(floor.services.id), "limit": 500])
      let counts = Dictionary(grouping: deals.items) { $0["responsible"]?.int64 ?? 0 }
      let turns = try await floor.company.query(
        Statement(
          "select coalesce(sum(version), 0)::bigint from rotation where tenant_id = $1::bigint"),
        .integer(floor.company.id))
      return (counts.mapValues(\.count).values.sorted(), try turns[0].integer(0))
    }
  }

  @Test(
    "Each lead moved twice at once, on one server and on two: one deal each, and everybody's share is the same",
    arguments: [[0, 1], [0, 2], [0, 1, 2, 2]])
  func submittedTwice(_ senders: [Int]) async throws {
    let scene = try await Scene.make()
    let stage = JSON.integer(scene.floor.leads.stage("Передать - услуги"))
    let leads = try await scene.leads(24)
    let answers = try await withThrowingTaskGroup(of: (JSON, JSON?).self) { group in
      for lead in leads {
        for sender in senders {
          group.addTask {
            let moved = try await scene.clients[sender].call(
              "lead.move", ["id": lead, "stage": stage])
            return (lead, moved["deal"]?["id"])
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for lead in leads {
      let deals = answers.filter { $0.0 == lead }.map(\.1)
      #expect(deals.count == senders.count && deals.allSatisfy { $0 == deals[0] })
    }
    let (counts, turns) = try await scene.spread()
    #expect(counts == [8, 8, 8])
    #expect(turns == 24)
  }

  @Test("On two servers at once the turns go round as on one")
  func servers() async throws {
    let scene = try await Scene.make()
    let leads = try await scene.leads(30)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, lead) in leads.enumerated() {
        group.addTask {
          try await scene.clients[number % 3].call(
            "lead.convert", ["id": lead, "pipeline": .integer(scene.floor.services.id)])
        }
      }
      try await group.waitForAll()
    }
    let (counts, turns) = try await scene.spread()
    #expect(counts == [10, 10, 10])
    #expect(turns == 30)
  }

  @Test("Whatever is refused takes no turn, and the next card has it")
  func refused() async throws {
    let scene = try await Scene.make()
    let floor = scene.floor
    let owner = floor.company.owner
    let team = JSON.integer(try await owner.call("team.list").ids[2])
    // A rule that hands on each deal that enters a stage which asks for an amount.
    let made = try await owner.call(
      "pipeline.create",
      [
        "name": "Монтаж", "stages": [["name": "A"], ["name": "B", "required": ["amount"]]],
        "responsible_rule": ["way": "round_robin", "team": team],
      ])
    try await owner.call(
      "grant.give",
      [
        "pipeline": .integer(made.id), "to": ["team": team], "actions": ["view"],
        "cards": "all",
      ])
    let stage = JSON.integer(made.stage("B"))
    try await owner.call(
      "stage.update",
      ["id": stage, "responsible_rule": ["way": "round_robin", "team": team]])
    let deal = try await owner.call(
      "deal.create",
      ["title": "Кухня", "pipeline": .integer(made.id)])
    for _ in 0..<2 {
      let refusal = try await owner.refusal(
        "deal.move", ["id": .integer(deal.id), "stage": stage])
      #expect(refusal?.kind == "stage_rule")
    }
    #expect(try await scene.spread().turns == 0)
    try await owner.call(
      "deal.update",
      ["id": .integer(deal.id), "amount": ["amount": "10", "currency": "RUB"]])
    let moved = try await owner.call("deal.move", ["id": .integer(deal.id), "stage": stage])
    #expect(moved["responsible"]?.int64 != nil)
    #expect(try await scene.spread().turns == 1)
  }
}
