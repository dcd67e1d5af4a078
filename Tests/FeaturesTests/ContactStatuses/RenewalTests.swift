internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("A deal made anew of a lost one")
struct RenewalTests {
  @Test("After the time for reopening it takes a status; who asks beforehand is told so")
  func demanded() async throws {
    let scene = try await ContactStatusScene.make()
    try await scene.owner.call(
      "deal.update", ["id": scene.id, "last_contact": try await scene.status("Отказался")])
    try await scene.lose()
    let copy: JSONObject = ["id": scene.id, "pipeline": .integer(scene.funnel.id)]
    // What the old deal told is no answer for the new one, but it takes one only when it is too late.
    let early = try await scene.owner.call(
      "card.can_enter", ["id": scene.id, "step": "copy", "pipeline": .integer(scene.funnel.id)])
    #expect(early["allowed"] == false && early["refusal"]?["reopen_instead"] != nil)
    #expect(early["refusal"]?["last_contact_required"] == nil)
    let owner = try await scene.later(days: 31)
    let refusal = try await owner.refusal("deal.copy", copy)
    #expect(refusal?.kind == "stage_rule" && refusal?["last_contact_required"] == true)
    var asked = copy
    asked["step"] = "copy"
    let told = try await owner.call("card.can_enter", asked)
    #expect(told["allowed"] == false && told["refusal"]?["last_contact_required"] == true)
    let thinking = try await scene.status(of: owner, "Думает")
    asked["last_contact"] = thinking
    #expect(try await owner.call("card.can_enter", asked)["allowed"] == true)
    var given = copy
    given["last_contact"] = thinking
    let made = try await owner.call("deal.copy", given)
    #expect(made["deal"]?["last_contact"] == ["status": thinking, "at": scene.time()])
    #expect(made["deal"]?["stage"] == scene.stage("Думает"))
    #expect(made["from"]?["last_contact"]?["status"] != thinking)
    #expect(made["from"]?["outcome"] == "lost")
  }

  @Test("A company may do without, and one with nothing to choose from is asked for nothing")
  func lenient() async throws {
    let scene = try await ContactStatusScene.make()
    #expect(
      try await scene.owner.call("settings.get")["require_last_contact_on_renewal"] == true)
    try await scene.lose()
    let owner = try await scene.later(days: 31)
    let asked: JSONObject = [
      "id": scene.id, "step": "copy", "pipeline": .integer(scene.funnel.id),
    ]
    #expect(try await owner.call("card.can_enter", asked)["allowed"] == false)
    let off = try await owner.call(
      "settings.update", ["require_last_contact_on_renewal": false])
    #expect(off["require_last_contact_on_renewal"] == false)
    #expect(try await owner.call("card.can_enter", asked)["allowed"] == true)
    try await owner.call("settings.update", ["require_last_contact_on_renewal": true])
    #expect(try await owner.call("card.can_enter", asked)["allowed"] == false)
    for status in try await owner.call("contact_status.list").items {
      try await owner.call(
        "contact_status.update", ["id": status["id"] ?? .null, "active": false])
    }
    #expect(try await owner.call("card.can_enter", asked)["allowed"] == true)
    try await owner.call(
      "deal.copy", ["id": scene.id, "pipeline": .integer(scene.funnel.id)])
  }

  @Test("An open deal takes what it tells along, and a status given with it is told of both")
  func openCopy() async throws {
    let scene = try await ContactStatusScene.make()
    let other = try await scene.company.pipeline("Монтаж", stages: [["name": "A"]])
    let (agreed, thinking) = (try await scene.status("Согласен"), try await scene.status("Думает"))
    try await scene.owner.call("deal.update", ["id": scene.id, "last_contact": agreed])
    let copy: JSONObject = [
      "id": scene.id, "pipeline": .integer(other.id), "reason": try await scene.reason("win"),
    ]
    let second = try await scene.owner.call(
      "deal.create",
      ["pipeline": .integer(scene.funnel.id), "title": "Шкаф", "last_contact": agreed])
    let made = try await scene.owner.call("deal.copy", copy)
    #expect(made["deal"]?["last_contact"]?["status"] == agreed)
    var given = copy
    given["id"] = .integer(second.id)
    given["last_contact"] = thinking
    let both = try await scene.owner.call("deal.copy", given)
    #expect(both["deal"]?["last_contact"]?["status"] == thinking)
    #expect(both["from"]?["last_contact"]?["status"] == thinking)
    let left = try await scene.owner.call("deal.get", ["id": .integer(second.id)])
    #expect(left.withoutClocks == both["from"])
  }
}

extension ContactStatusScene {
  /// The id of a status by its name, asked by somebody.
  func status(of client: TestClient, _ name: String) async throws -> JSON {
    let list = try await client.call("contact_status.list", ["inactive": true])
    return try #require(list.items.first { $0["name"]?.string == name }?["id"])
  }
}
