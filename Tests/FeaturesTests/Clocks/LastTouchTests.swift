internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("The clock of the last touch")
struct LastTouchTests {
  private func silence(_ scene: ClockScene) async throws -> Int64 { try await scene.days()[2] }

  @Test("What is written down about the client, and who is to work for them, ends no silence")
  func notTouching() async throws {
    let scene = try await ClockScene.make()
    let owner = scene.owner
    let right = TestCompany.Right(
      pipeline: scene.pipeline.id, actions: ["view", "edit"], cards: "all")
    let seller = try await scene.company.member("seller", right)
    let mate = try await scene.company.member("mate", right)
    scene.pass(days: 9)
    let before = try await owner.call("deal.get", ["id": scene.id])["touched_at"]
    let updated = try await owner.call(
      "deal.update",
      ["id": scene.id, "title": "Шкаф", "amount": ["amount": "10", "currency": "RUB"]])
    #expect(updated["touched_at"] == before)
    try await owner.call("note.add", ["card": scene.id, "text": "Дуб"])
    try await owner.call(
      "activity.plan", ["card": scene.id, "type": "call", "due_at": scene.later(days: 1)])
    let assigned = try await owner.call(
      "deal.assign", ["id": scene.id, "responsible": .integer(seller.id)])
    #expect(assigned["touched_at"] == before)
    try await owner.call(
      "user.deactivate",
      ["id": .integer(seller.id), "hand_over_to": ["user": .integer(mate.id)]])
    let handedOver = try await owner.call("deal.get", ["id": scene.id])
    #expect(handedOver["responsible"] == .integer(mate.id))
    #expect(handedOver["touched_at"] == before)
    #expect(try await silence(scene) == 9)
  }

  @Test("What was done for the client, or settled with them, ends it")
  func touching() async throws {
    let scene = try await ClockScene.make()
    let owner = scene.owner
    let status = try await owner.call("contact_status.create", ["name": "Думает"])
    var steps: [(String, JSONObject)] = [
      ("deal.update", ["id": scene.id, "last_contact": .integer(status.id)]),
      ("activity.missed_call", ["card": scene.id]),
      ("activity.record_incoming", ["card": scene.id, "type": "call"]),
      (
        "invoice.create",
        [
          "deal": scene.id, "due_at": "2026-09-05", "amount": ["amount": "10", "currency": "RUB"],
        ]
      ),
      ("deal.move", ["id": scene.id, "stage": .integer(scene.pipeline.stage("B"))]),
    ]
    let planned = try await owner.call(
      "activity.plan", ["card": scene.id, "type": "meeting", "due_at": scene.later(days: 1)])
    steps += [
      ("activity.complete", ["id": .integer(planned.id)]),
      ("card.pause", ["id": scene.id, "until": scene.later(days: 100), "reason": "Отпуск"]),
    ]
    for (method, params) in steps {
      scene.pass(days: 2)
      #expect(try await silence(scene) == 2, "before \(method)")
      try await owner.call(method, params)
      #expect(try await silence(scene) == 0, "\(method)")
    }
  }

  @Test("An edit that was read before a call was done does not take the call's touch back")
  func concurrent() async throws {
    let scene = try await ClockScene.make()
    let owner = scene.owner
    scene.pass(days: 3)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          try await owner.call(
            "deal.update", ["id": scene.id, "title": .string("Шкаф \(number)")])
        }
      }
      group.addTask {
        try await owner.call("activity.record_incoming", ["card": scene.id, "type": "call"])
      }
      try await group.waitForAll()
    }
    #expect(try await silence(scene) == 0)
  }
}
