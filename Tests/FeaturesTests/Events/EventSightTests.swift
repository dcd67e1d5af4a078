internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("Who is told of what", .timeLimit(.minutes(10)))
struct EventSightTests {
  private func subscribed(
    _ scene: EventScene, _ name: String, _ rights: TestCompany.Right...
  ) async throws -> (id: Int64, client: TestClient) {
    let member = try await scene.company.user(name)
    for right in rights {
      try await scene.company.give(
        right.actions.compactMap { Action(rawValue: $0) }, on: right.pipeline,
        to: ["user": .integer(member.id)], cards: CardScope(rawValue: right.cards) ?? .all,
        outcome: OutcomeScope(rawValue: right.outcome) ?? .any)
    }
    try await scene.subscribe(member.client)
    return member
  }

  @Test("A member is told of the cards they may view and of no other, in no other pipeline")
  func ownCards() async throws {
    let scene = try await EventScene.make()
    let other = try await EventScene.make(in: scene.company, "Мебель")
    let boris = try await subscribed(
      scene, "boris", .init(pipeline: scene.pipeline.id, actions: ["view"], cards: "own"))
    let vera = try await subscribed(
      scene, "vera", .init(pipeline: scene.pipeline.id, actions: ["view"]))
    let nobody = try await subscribed(scene, "nobody")
    let witness = try await scene.witness()
    try await other.deal()
    let owners = try await scene.deal()
    let boriss = try await scene.deal(["responsible": .integer(boris.id)])
    #expect(try await vera.client.told.next(2).map(\.id) == [owners, boriss])
    #expect(try await boris.client.told.next().id == boriss)
    _ = try await scene.settle(witness)
    for client in [boris.client, vera.client, nobody.client] { #expect(client.told.count == 0) }
  }

  @Test("Who loses sight of a card is told that it is gone and not how; who gains it, where it is")
  func leavingSight() async throws {
    let scene = try await EventScene.make()
    let own = TestCompany.Right(pipeline: scene.pipeline.id, actions: ["view"], cards: "own")
    let boris = try await subscribed(scene, "boris", own)
    let vera = try await subscribed(scene, "vera", own)
    let deal = try await scene.deal(["responsible": .integer(boris.id)])
    _ = try await boris.client.told.next()
    try await scene.owner.call(
      "deal.assign", ["id": .integer(deal), "responsible": .integer(vera.id)])
    let gone = try await boris.client.told.next()
    #expect(gone["name"] == "deal.gone" && gone.id == deal)
    #expect(gone["stage"] == nil && gone["responsible"] == nil && gone["user"] == nil)
    #expect(gone["version"] == nil)
    #expect(gone["from"]?["responsible"] == .integer(boris.id))
    let come = try await vera.client.told.next()
    #expect(come["name"] == "deal.assign" && come["responsible"] == .integer(vera.id))
    #expect(come["from"] == nil)
  }

  @Test(
    "The contractor who sees lost cards is told of them when they are lost, and of nothing else")
  func contractor() async throws {
    let scene = try await EventScene.make()
    let reason = try await scene.owner.call("reason.create", ["kind": "loss", "name": "Дорого"])
    let contractor = try await subscribed(
      scene, "contractor",
      .init(pipeline: scene.pipeline.id, actions: ["view"], outcome: "lost"))
    let deal = try await scene.deal()
    try await scene.move(deal, to: scene.second)
    try await scene.owner.call(
      "deal.lose",
      ["id": .integer(deal), "reason": .integer(reason.id), "comment": "Because"])
    let event = try await contractor.client.told.next()
    #expect(event["name"] == "deal.lose" && event.id == deal && event["from"] == nil)
    try await scene.owner.call("deal.reopen", ["id": .integer(deal)])
    #expect(try await contractor.client.told.next()["name"] == "deal.gone")
    let witness = try await scene.witness()
    try await scene.owner.call("team.create", ["name": "Первая", "kind": "first_line"])
    _ = try await scene.settle(witness)
    #expect(contractor.client.told.count == 0)
  }

  @Test("The design of a pipeline is told to who knows it; people, rights and settings to admins")
  func design() async throws {
    let scene = try await EventScene.make()
    let hidden = try await EventScene.make(in: scene.company, "Мебель")
    let boris = try await subscribed(
      scene, "boris", .init(pipeline: scene.pipeline.id, actions: ["create"]))
    let admin = try await scene.company.user("admin", role: "admin")
    try await scene.subscribe(admin.client)
    try await scene.owner.call(
      "stage.create", ["pipeline": .integer(hidden.pipeline.id), "name": "Ещё"])
    let stage = try await scene.owner.call(
      "stage.create", ["pipeline": .integer(scene.pipeline.id), "name": "Ещё"])
    try await scene.owner.call("settings.update", ["reopen_days": 31])
    try await scene.owner.call("team.create", ["name": "Первая", "kind": "first_line"])
    try await scene.owner.call(
      "pipeline.update", ["id": .integer(scene.pipeline.id), "no_back": "warn"])
    let told = try await boris.client.told.next(2)
    #expect(told.map { $0["name"]?.string } == ["stage.create", "pipeline.update"])
    #expect(told.map(\.id) == [stage.id, scene.pipeline.id])
    #expect(told[0]["pipeline"] == .integer(scene.pipeline.id))
    #expect(told[0]["version"] == 1)
    #expect(
      try await admin.client.toldNames(5) == [
        "stage.create", "stage.create", "settings.update", "team.create", "pipeline.update",
      ])
    #expect(boris.client.told.count == 0)
  }

  @Test("A right that is given or taken counts from its answer on, also for what happened before")
  func changedRights() async throws {
    let scene = try await EventScene.make()
    // By what becomes of another pipeline one sees how far they have been told.
    let marker = try await EventScene.make(in: scene.company, "Мебель")
    let boris = try await subscribed(
      scene, "boris", .init(pipeline: marker.pipeline.id, actions: ["view"]))
    let start = JSON.integer(try await scene.subscribe(scene.another()))
    let hidden = try await scene.deal()
    let first = try await marker.deal()
    #expect(try await boris.client.told.next().id == first)
    let grant = try await scene.company.give(
      [.view], on: scene.pipeline.id, to: ["user": .integer(boris.id)])
    let seen = try await scene.deal()
    #expect(try await boris.client.told.next().id == seen)
    // By the rights of now the earlier one is to be seen too.
    try await boris.client.call("event.subscribe", ["after": start])
    #expect(try await boris.client.told.next(3).map(\.id) == [hidden, first, seen])
    try await scene.owner.call("grant.revoke", ["id": .integer(grant)])
    try await scene.deal()
    let second = try await marker.deal()
    #expect(try await boris.client.told.next().id == second)
    try await boris.client.call("event.subscribe", ["after": start])
    #expect(try await boris.client.told.next(2).map(\.id) == [first, second])
  }

  @Test("Whoever gets the cards of somebody who leaves is told of each")
  func handOver() async throws {
    let scene = try await EventScene.make()
    let boris = try await scene.company.user("boris")
    let vera = try await subscribed(
      scene, "vera", .init(pipeline: scene.pipeline.id, actions: ["view"], cards: "own"))
    try await scene.company.give(
      [.view], on: scene.pipeline.id, to: ["user": .integer(boris.id)], cards: .own)
    let deal = try await scene.deal(["responsible": .integer(boris.id)])
    try await scene.owner.call(
      "user.deactivate",
      ["id": .integer(boris.id), "hand_over_to": ["user": .integer(vera.id)]])
    let event = try await vera.client.told.next()
    #expect(event["name"] == "deal.assign" && event.id == deal && event["from"] == nil)
  }

  @Test("A company is told nothing of another one")
  func otherCompany() async throws {
    let scene = try await EventScene.make()
    let witness = try await scene.witness()
    let neighbour = try await EventScene.make(in: scene.installation.company("zulu"))
    let theirs = try await neighbour.witness()
    let deal = try await neighbour.deal()
    #expect(try await theirs.told.next().id == deal)
    _ = try await scene.settle(witness)
    #expect(witness.told.count == 0)
  }

  @Test("The database shows a member the rows that they are told of, and no others")
  func directSQL() async throws {
    let scene = try await EventScene.make()
    let boris = try await subscribed(
      scene, "boris", .init(pipeline: scene.pipeline.id, actions: ["view"], cards: "own"))
    try await scene.deal()
    let deal = try await scene.deal(["responsible": .integer(boris.id)])
    let database = scene.installation.database
    let visible = { (context: String) in
      try await database.connected(as: database.application) {
        try await $0.executeScript(
          "begin; \(context); select coalesce(string_agg(distinct subject_id::text, ','), '') from event;"
        )[2][0].string(0)
      }
    }
    #expect(try await visible("select 1") == "")
    let tenant = "set_config('voronka.tenant_id', '\(scene.company.id)', true)"
    #expect(try await visible("select \(tenant)") == "")
    let all = try await visible("select \(tenant), set_config('voronka.everything', 'on', true)")
    #expect(all.split(separator: ",").contains("\(deal)"))
    await #expect(throws: PostgresError.self) {
      try await database.connected(as: database.application) {
        _ = try await $0.executeScript("update event set name = 'other'")
      }
    }
  }
}
