internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

/// Ways into a stage that once led around the rules.
@Suite("Ways around the gate")
struct GateWayTests {
  /// A pipeline of three open stages, of which the second wants an amount, with its rules enforced.
  private struct Scene {
    let company: TestCompany
    let pipeline: JSON
    var owner: TestClient { company.owner }

    static func make() async throws -> Scene {
      let company = try await TestInstallation.make().company()
      let pipeline = try await company.pipeline(
        "Строгая",
        stages: [["name": "1"], ["name": "2", "required": ["amount"]], ["name": "3"]])
      try await company.owner.call(
        "pipeline.update",
        ["id": .integer(pipeline.id), "no_skip": "enforce", "no_back": "enforce"])
      return Scene(company: company, pipeline: pipeline)
    }

    func stage(_ index: Int) -> JSON { pipeline["stages"]?[index]?["id"] ?? .null }

    func deal(_ members: JSONObject = [:]) async throws -> JSON {
      var params: JSONObject = ["title": "Кухня", "pipeline": .integer(pipeline.id)]
      for member in members.members { params[member.name] = member.value }
      return .integer(try await owner.call("deal.create", params).id)
    }
  }

  @Test("Losing a deal and reopening it further on is held to what moving on is held to")
  func reopening() async throws {
    let scene = try await Scene.make()
    let id = try await scene.deal()
    try await scene.owner.call("deal.lose", ["id": id, "comment": "Нет"])
    let params: JSONObject = ["id": id, "stage": scene.stage(2)]
    let refusal = try await scene.owner.refusal("deal.reopen", params)
    #expect(refusal?.kind == "stage_rule" && refusal?["missing"] == ["amount"])
    #expect(refusal?["no_skip"] == [scene.stage(1)])
    let entry = try await scene.owner.call(
      "card.can_enter", ["id": id, "step": "reopen", "stage": scene.stage(2)])
    #expect(entry["allowed"] == false && entry["refusal"]?["missing"] == ["amount"])
    let reopened = try await scene.owner.call("deal.reopen", ["id": id])
    #expect(reopened["stage"] == scene.stage(0))
  }

  @Test("Losing a deal and reopening it further back is held to what moving back is held to")
  func reopeningBack() async throws {
    let scene = try await Scene.make()
    let id = try await scene.deal(["amount": ["amount": "1", "currency": "RUB"]])
    for index in [1, 2] {
      try await scene.owner.call("deal.move", ["id": id, "stage": scene.stage(index)])
    }
    try await scene.owner.call("deal.lose", ["id": id, "comment": "Нет"])
    let back: JSONObject = ["id": id, "stage": scene.stage(0)]
    #expect(try await scene.owner.refusal("deal.reopen", back)?["no_back"] == true)
    // Where the pipeline reopens (S0: "thinking") it goes freely.
    try await scene.owner.call(
      "stage.update", ["id": scene.stage(0), "reopens_here": true])
    #expect(try await scene.owner.call("deal.reopen", back)["stage"] == scene.stage(0))
  }

  @Test(
    "The card of a copy or conversion begins as a created one does; a lost deal anew, where it thinks"
  )
  func begins() async throws {
    let scene = try await Scene.make()
    let source = try await scene.company.pipeline("Откуда", stages: [["name": "Новая"]])
    let id = try await scene.deal(["pipeline": .integer(source.id)])
    let copy: JSONObject = [
      "id": id, "pipeline": .integer(scene.pipeline.id), "stage": scene.stage(2),
    ]
    let lead = try await scene.owner.call("lead.create", ["title": "Кухня"])
    var convert = copy
    convert["id"] = .integer(lead.id)
    for (method, params) in [("deal.copy", copy), ("lead.convert", convert)] {
      let refusal = try await scene.owner.refusal(method, params)
      #expect(refusal?["missing"] == ["amount"], "\(method)")
      #expect(refusal?["no_skip"] == [scene.stage(0), scene.stage(1)], "\(method)")
    }
    let lost = try await scene.deal()
    try await scene.owner.call("deal.lose", ["id": lost, "comment": "Нет"])
    scene.company.installation.clock.advance(seconds: 31 * 86_400)
    let owner = try await scene.company.installation.login("mebel", "owner@mebel.example")
    try await owner.call("settings.update", ["require_last_contact_on_renewal": false])
    var renewal = copy
    renewal["id"] = lost
    let refusal = try await owner.refusal("deal.copy", renewal)
    #expect(refusal?["no_skip"] == [scene.stage(0), scene.stage(1)])
    try await owner.call(
      "stage.update", ["id": scene.stage(2), "reopens_here": true])
    let renewed = try await owner.call("deal.copy", renewal)
    #expect(renewed["deal"]?["stage"] == scene.stage(2))
  }
}
