internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("Work of a card that changes hands")
struct ActivityReturnTests {
  private struct Scene {
    let company: TestCompany
    let pipeline: JSON
    let former: (id: Int64, client: TestClient)
    let next: (id: Int64, client: TestClient)
    let helper: (id: Int64, client: TestClient)
    let card: JSON

    /// A deal with a planned call that names whoever has the deal, one of somebody else's, and a message that
    /// waits for an answer.
    static func make() async throws -> Scene {
      let company = try await TestInstallation.make().company()
      let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"], ["name": "B"]])
      let own = TestCompany.Right(
        pipeline: pipeline.id, actions: ["view", "edit", "move", "assign"], cards: "own")
      let former = try await company.member("former", own)
      let next = try await company.member("next", own)
      let helper = try await company.member(
        "helper", .init(pipeline: pipeline.id, actions: ["view", "edit"]))
      let card = JSON.integer(
        try await company.card(in: pipeline.stage("A"), responsible: former.id))
      let due = company.installation.clock.now.adding(seconds: 60).description
      for user in [former.id, helper.id] {
        try await company.owner.call(
          "activity.plan",
          ["card": card, "type": "call", "due_at": .string(due), "responsible": .integer(user)])
      }
      try await company.owner.call(
        "activity.record_incoming",
        ["card": card, "type": "message"])
      return Scene(
        company: company, pipeline: pipeline, former: former, next: next, helper: helper,
        card: card)
    }

    func named() async throws -> [JSON?] {
      try await company.owner.call("activity.list", ["card": card]).items.map { $0["responsible"] }
    }

    func requireInDay(of client: TestClient) async throws {
      let day = try await client.call("activity.my_day")
      #expect(day["today"]?["count"] == 1)
      #expect(day["incoming"]?["count"] == 1)
    }
  }

  @Test("What the former responsible had to do goes to whoever has the card after an assignment")
  func assigned() async throws {
    let scene = try await Scene.make()
    // By one who does not see the card afterwards.
    try await scene.former.client.call(
      "deal.assign", ["id": scene.card, "responsible": .integer(scene.next.id)])
    #expect(
      try await scene.named()
        == [scene.next.id, scene.helper.id, scene.next.id].map { .integer($0) })
    try await scene.requireInDay(of: scene.next.client)
  }

  @Test("And after the rule of a stage that it entered")
  func entered() async throws {
    let scene = try await Scene.make()
    let stage = JSON.integer(scene.pipeline.stage("B"))
    try await scene.company.owner.call(
      "stage.update",
      ["id": stage, "responsible_rule": ["way": "user", "user": .integer(scene.next.id)]])
    try await scene.former.client.call("deal.move", ["id": scene.card, "stage": stage])
    #expect(
      try await scene.named()
        == [scene.next.id, scene.helper.id, scene.next.id].map { .integer($0) })
    try await scene.requireInDay(of: scene.next.client)
  }

  @Test("And after whoever had it was deactivated")
  func deactivated() async throws {
    let scene = try await Scene.make()
    try await scene.company.owner.call(
      "user.deactivate",
      [
        "id": .integer(scene.former.id), "hand_over_to": ["user": .integer(scene.next.id)],
      ])
    #expect(
      try await scene.named()
        == [scene.next.id, scene.helper.id, scene.next.id].map { .integer($0) })
    try await scene.requireInDay(of: scene.next.client)
  }
}
