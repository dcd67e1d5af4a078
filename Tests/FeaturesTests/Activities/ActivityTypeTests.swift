internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Kinds of activity of the company's own")
struct ActivityTypeTests {
  @Test("One is planned by its number, done as what it is, and what came in is answered by it")
  func doing() async throws {
    let scene = try await ContactStatusScene.make()
    let demo = try await scene.owner.call(
      "activity_type.create", ["name": "Демонстрация", "base": "meeting"])
    #expect(demo["base"] == "meeting" && demo["active"] == true)
    let own: JSON = .integer(demo.id)
    try await scene.owner.call(
      "activity.record_incoming", ["card": scene.id, "type": "call"])
    let planned = try await scene.owner.call(
      "activity.plan", ["card": scene.id, "own_type": own, "due_at": scene.time(60)])
    #expect(planned["type"] == "meeting" && planned["own_type"] == own)
    #expect(
      try await scene.owner.call("activity.get", ["id": .integer(planned.id)]) == planned)
    let day = try await scene.owner.call("activity.my_day")
    #expect(day["today"]?["items"]?[0]?["activity"]?["own_type"] == own)
    #expect(day["today"]?["items"]?[0]?["card"]?["id"] == scene.id)
    let done = try await scene.owner.call(
      "activity.complete",
      [
        "id": .integer(planned.id), "next": ["own_type": own, "due_at": scene.time(120)],
      ])
    #expect(done["next"]?["own_type"] == own && done["next"]?["type"] == "meeting")
    #expect(try await scene.owner.call("activity.my_day")["incoming"]?["count"] == 0)
    let plain = try await scene.owner.call(
      "activity.plan", ["card": scene.id, "type": "call", "due_at": scene.time(60)])
    #expect(plain["own_type"] == .some(.null))
  }

  @Test("A call of the company's own is missed as any other, and called again as what it is")
  func missed() async throws {
    let scene = try await ContactStatusScene.make()
    let check = try await scene.owner.call(
      "activity_type.create", ["name": "Контрольный звонок", "base": "call"])
    let planned = try await scene.owner.call(
      "activity.plan",
      ["card": scene.id, "own_type": .integer(check.id), "due_at": scene.time(60)])
    let missed = try await scene.owner.call("activity.missed_call", ["card": scene.id])
    #expect(missed["id"] == planned["id"] && missed["outcome"] == "missed")
    #expect(missed["next"]?["own_type"] == .integer(check.id))
  }

  @Test("What is planned becomes another kind, by either name; the two have to agree")
  func changing() async throws {
    let scene = try await ContactStatusScene.make()
    let demo: JSON = .integer(
      try await scene.owner.call(
        "activity_type.create", ["name": "Демонстрация", "base": "meeting"]
      ).id)
    let call = try await scene.owner.call(
      "activity.plan", ["card": scene.id, "type": "call", "due_at": scene.time(60)])
    func update(_ more: JSONObject) async throws -> JSON {
      var params = more
      params["id"] = .integer(call.id)
      return try await scene.owner.call("activity.update", params)
    }
    let changed = try await update(["own_type": demo])
    #expect(changed["type"] == "meeting" && changed["own_type"] == demo)
    let kept = try await update(["type": "meeting", "subject": "Кухня"])
    #expect(kept["own_type"] == demo)
    let cleared = try await update(["own_type": .null])
    #expect(cleared["type"] == "meeting" && cleared["own_type"] == .some(.null))
    _ = try await update(["own_type": demo])
    let other = try await update(["type": "email"])
    #expect(other["type"] == "email" && other["own_type"] == .some(.null))
    let plan: JSONObject = ["card": scene.id, "due_at": scene.time(60)]
    var wrong = plan
    wrong["type"] = "call"
    wrong["own_type"] = demo
    let refusal = try await scene.owner.refusal("activity.plan", wrong)
    #expect(refusal?.kind == "invalid" && refusal?.problemPaths == ["type"])
    #expect(try await scene.owner.refusal("activity.plan", plan)?.kind == "invalid_params")
    wrong["own_type"] = 900
    #expect(try await scene.owner.refusal("activity.plan", wrong)?.kind == "not_found")
  }

  @Test("Names are unique, beside those that are always there; one in use is put away")
  func keeping() async throws {
    let scene = try await ContactStatusScene.make()
    let demo = try await scene.owner.call(
      "activity_type.create", ["name": "Демонстрация", "base": "meeting"])
    for name in ["ДЕМОНСТРАЦИЯ", "Call"] as [JSON] {
      let refusal = try await scene.owner.refusal(
        "activity_type.create", ["name": name, "base": "call"])
      #expect(refusal?.kind == "conflict", "\(name)")
    }
    let own: JSONObject = ["id": .integer(demo.id)]
    let plan: JSONObject = [
      "card": scene.id, "own_type": .integer(demo.id), "due_at": scene.time(60),
    ]
    let planned = try await scene.owner.call("activity.plan", plan)
    let ended = try await scene.owner.call("activity_type.delete", own)
    #expect(ended["deactivated"] == true && ended["activities"] == 1)
    #expect(try await scene.owner.call("activity_type.list").items.isEmpty)
    #expect(
      try await scene.owner.call("activity_type.list", ["inactive": true]).ids == [demo.id])
    #expect(try await scene.owner.refusal("activity.plan", plan)?.kind == "invalid")
    #expect(
      try await scene.owner.call("activity.get", ["id": .integer(planned.id)])["own_type"]
        == .integer(demo.id))
    let renamed = try await scene.owner.call(
      "activity_type.update", ["id": .integer(demo.id), "name": "Показ", "active": true])
    #expect(renamed["name"] == "Показ" && renamed["active"] == true)
    let idle = try await scene.owner.call(
      "activity_type.create", ["name": "Замер", "base": "task"])
    #expect(
      try await scene.owner.call("activity_type.delete", ["id": .integer(idle.id)])["deleted"]
        == true)
    let member = try await scene.company.member(
      "seller", .init(pipeline: scene.funnel.id, actions: ["view", "edit"]))
    #expect(try await member.client.call("activity_type.list").texts("name") == ["Показ"])
    #expect(try await member.client.refusal("activity_type.delete", own)?.kind == "forbidden")
    let outsider = try await scene.company.user("outsider")
    #expect(try await outsider.client.call("activity_type.list").items.isEmpty)
  }
}
