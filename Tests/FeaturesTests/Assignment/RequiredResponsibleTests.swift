internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Stages that demand somebody responsible")
struct RequiredResponsibleTests {
  private static let demanded: JSON = ["responsible"]

  private func absent(_ floor: SalesFloor, _ isAway: Bool) async throws {
    try await floor.company.owner.call(
      "user.update",
      [
        "id": .integer(floor.servicesSeller.id),
        "absent_until": isAway ? "2999-12-31" : .null,
      ])
  }

  @Test("Where the rule finds nobody a deal does not begin there, by hand and by a transfer stage")
  func nobody() async throws {
    let floor = try await SalesFloor.make()
    let (owner, client) = (floor.company.owner, floor.first.client)
    try await owner.call(
      "stage.update",
      ["id": floor.stage(0, of: floor.services), "required": Self.demanded])
    let id = JSON.integer(try await floor.lead().id)
    // Another stage of the pipeline has a rule: that is none of the first one's.
    try await owner.call(
      "stage.update",
      [
        "id": floor.stage(1, of: floor.services),
        "responsible_rule": ["way": "user", "user": .integer(floor.servicesSeller.id)],
      ])
    let byHand: JSONObject = ["id": id, "pipeline": .integer(floor.services.id)]
    let byStage: JSONObject = [
      "id": id, "stage": .integer(floor.leads.stage("Передать - услуги")),
    ]
    try await absent(floor, true)
    for (method, parameters) in [("lead.convert", byHand), ("lead.move", byStage)] {
      let refusal = try await client.refusal(method, parameters)
      #expect(refusal?.kind == "stage_rule" && refusal?["missing"] == Self.demanded, "\(method)")
      var asked = parameters
      asked["step"] = method == "lead.move" ? "move" : "convert"
      let entry = try await client.call("card.can_enter", asked)
      #expect(entry["allowed"] == false && entry["refusal"]?["missing"] == Self.demanded)
    }
    #expect(try await owner.call("deal.list").items.isEmpty)
    try await absent(floor, false)
    let moved = try await client.call("lead.move", byStage)
    let deal = try await owner.call("deal.get", ["id": moved["deal"]?["id"] ?? .null])
    #expect(deal["responsible"] == .integer(floor.servicesSeller.id))
  }

  @Test("A new deal is nobody's where the stage's own rule finds nobody, whoever makes it")
  func created() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let stage = floor.stage(0, of: floor.services)
    try await owner.call(
      "stage.update",
      [
        "id": stage, "required": Self.demanded,
        "responsible_rule": ["way": "user", "user": .integer(floor.servicesSeller.id)],
      ])
    try await absent(floor, true)
    var create: JSONObject = ["title": "Монтаж", "pipeline": .integer(floor.services.id)]
    #expect(try await owner.refusal("deal.create", create)?["missing"] == Self.demanded)
    create["responsible"] = .integer(floor.servicesSeller.id)
    let named = try await owner.call("deal.create", create)
    #expect(named["responsible"] == .integer(floor.servicesSeller.id))
    create["responsible"] = nil
    try await absent(floor, false)
    let chosen = try await owner.call("deal.create", create)
    #expect(chosen["responsible"] == .integer(floor.servicesSeller.id))
  }

  @Test("A deal that is nobody's enters a stage whose own rule finds somebody, and no other")
  func moved() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    for index in 1...2 {
      try await owner.call(
        "stage.update",
        ["id": floor.stage(index, of: floor.services), "required": Self.demanded])
    }
    let rule: JSON = ["way": "user", "user": .integer(floor.servicesSeller.id)]
    try await owner.call(
      "stage.update", ["id": floor.stage(1, of: floor.services), "responsible_rule": rule])
    let id = JSON.integer(
      try await owner.call(
        "deal.create", ["title": "Монтаж", "pipeline": .integer(floor.services.id)]
      ).id)
    try await owner.call("deal.assign", ["id": id, "responsible": .null])
    let past = try await owner.refusal(
      "deal.move", ["id": id, "stage": floor.stage(2, of: floor.services)])
    #expect(past?["missing"]?.array?.contains("responsible") == true)
    let step: JSONObject = ["id": id, "stage": floor.stage(1, of: floor.services)]
    try await absent(floor, true)
    #expect(
      try await owner.refusal("deal.move", step)?["missing"]?.array?.contains("responsible")
        == true)
    try await absent(floor, false)
    #expect(try await owner.call("card.can_enter", step)["allowed"] == true)
    let moved = try await owner.call("deal.move", step)
    #expect(moved["responsible"] == .integer(floor.servicesSeller.id))
  }
}
