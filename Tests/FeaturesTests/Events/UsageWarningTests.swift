internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Usage warnings", .timeLimit(.minutes(10)))
struct UsageWarningTests {
  private func field(_ scene: EventScene, _ number: Int) async throws {
    try await scene.owner.call(
      "field.create",
      [
        "for": "deal", "key": .string("field_\(number)"), "name": .string("Field \(number)"),
        "type": "text",
      ])
  }

  @Test(
    "At 80 and at 100 per cent of a limit owners and admins are told, once each, with the creation")
  func thresholds() async throws {
    let scene = try await EventScene.make(limits: ["custom_fields": 5])
    let witness = try await scene.witness()
    let boris = try await scene.company.user("boris")
    try await scene.subscribe(boris.client)
    _ = try await witness.told.next()
    for number in 1...5 { try await field(scene, number) }
    let events = try await witness.told.next(7)
    #expect(
      events.map { $0["name"]?.string } == [
        "field.create", "field.create", "field.create", "field.create", "usage.warning",
        "field.create", "usage.warning",
      ])
    let told = ["limit", "used", "max", "plan"].map { events[4][$0] }
    #expect(told == ["custom_fields", 4, 5, "mebel"])
    #expect(events[4]["share"]?.double == 0.8)
    #expect(events[4]["noun"] == "usage" && events[4]["id"] == nil)
    #expect(events[6]["used"] == 5)
    #expect(
      try await scene.owner.refusal(
        "field.create", ["for": "deal", "key": "more", "name": "More", "type": "text"])?.kind
        == "plan_limit")
    _ = try await scene.settle(witness)
    #expect(witness.told.count == 0 && boris.client.told.count == 0)
  }

  @Test("People, pipelines and stages warn as fields do")
  func everyLimit() async throws {
    let scene = try await EventScene.make(
      limits: ["users": 3, "deal_pipelines": 3, "stages_per_pipeline": 5])
    let client = try await scene.another()
    try await scene.subscribe(client, ["nouns": ["usage"]])
    _ = try await scene.company.user("boris")
    _ = try await scene.company.user("vera")
    _ = try await scene.company.pipeline("Мебель", stages: [["name": "A"]])
    _ = try await scene.company.pipeline("Прочее", stages: [["name": "A"]])
    try await scene.owner.call(
      "stage.create", ["pipeline": .integer(scene.pipeline.id), "name": "Ещё"])
    let limits = try await client.told.next(3).compactMap { $0["limit"]?.string }
    #expect(limits == ["users", "deal_pipelines", "stages_per_pipeline"])
  }

  @Test("A plan that brings a limit nearer tells so, one that does not says nothing")
  func anotherPlan() async throws {
    let scene = try await EventScene.make(limits: ["custom_fields": 10])
    for number in 1...4 { try await field(scene, number) }
    let client = try await scene.another()
    try await scene.subscribe(client, ["nouns": ["usage", "tenant"]])
    for (code, fields) in [("small", 3), ("tight", 5), ("wide", 50)] {
      try await scene.company.operatorClient.call(
        "plan.create",
        [
          "code": .string(code), "name": "Plan", "limits": ["custom_fields": .integer(fields)],
        ])
    }
    for plan in ["tight", "small", "tight", "wide"] {
      try await scene.company.operatorClient.call(
        "tenant.set_plan", ["tenant": "mebel", "plan": .string(plan)])
    }
    let events = try await client.told.next(6)
    #expect(
      events.map { $0["name"]?.string } == [
        "tenant.set_plan", "usage.warning", "tenant.set_plan", "usage.warning",
        "tenant.set_plan", "tenant.set_plan",
      ])
    #expect(events[1]["plan"] == "tight" && events[1]["used"] == 4)
    #expect(events[3]["plan"] == "small" && events[3]["max"] == 3)
    // The plan itself becomes narrower, for all who are on it.
    try await scene.company.operatorClient.call(
      "plan.update", ["code": "wide", "limits": ["custom_fields": 4]])
    try await scene.company.operatorClient.call(
      "tenant.set_plan", ["tenant": "mebel", "plan": "small"])
    let later = try await client.told.next(2)
    #expect(later.map { $0["name"]?.string } == ["usage.warning", "tenant.set_plan"])
    #expect(later[0]["plan"] == "wide" && later[0]["max"] == 4 && later[0]["share"]?.double == 1)
  }
}
