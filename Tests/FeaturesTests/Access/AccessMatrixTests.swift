internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("The matrix and the preview of rights")
struct AccessMatrixTests {
  private struct Scene {
    let company: TestCompany
    let pipelines: [Int64]
    let team: Int64
    let lead: (id: Int64, client: TestClient)
    let seller: (id: Int64, client: TestClient)
    let stranger: (id: Int64, client: TestClient)
    let grant: Int64
  }

  private func scene() async throws -> Scene {
    let company = try await TestInstallation.make().company(template: "first_line_and_seniors")
    let pipelines = try await company.pipelines()
    let team = try await company.team("team")
    let lead = try await company.user("lead", teams: [team])
    try await company.owner.call(
      "team.set_lead", ["team": .integer(team), "user": .integer(lead.id), "lead": true])
    let grant = try await company.give(
      [.view, .edit], on: pipelines[1], to: ["team": .integer(team)], cards: .team)
    return Scene(
      company: company, pipelines: pipelines, team: team, lead: lead,
      seller: try await company.user("seller", teams: [team]),
      stranger: try await company.user("stranger"), grant: grant)
  }

  private func row(_ matrix: JSON, _ noun: String, _ id: Int64) -> JSON? {
    matrix.items.first { $0[noun]?["id"]?.int64 == id }
  }

  @Test("Each person's pipelines with what they may do there, in which scopes and by which grants")
  func people() async throws {
    let scene = try await scene()
    try await scene.company.give(
      [.view], on: scene.pipelines[1], to: ["user": .integer(scene.seller.id)], cards: .all,
      outcome: .lost)
    let matrix = try await scene.company.owner.call("access.matrix")
    #expect(matrix["pipelines"]?.array?.count == scene.pipelines.count)
    #expect(row(matrix, "user", 1)?["everything"] == true)
    let seller = try #require(row(matrix, "user", scene.seller.id))
    let cells = try #require(seller["pipelines"]?.array)
    #expect(cells.compactMap { $0["pipeline"]?.int64 } == [scene.pipelines[1]])
    #expect(cells[0]["actions"]?["view"]?.array?.count == 2)
    #expect(
      cells[0]["actions"]?["edit"] == [
        ["cards": "team", "outcome": "any", "stages": .null, "grants": [.integer(scene.grant)]]
      ])
    #expect(cells[0]["actions"]?["assign"] == nil)
    let lead = try #require(row(matrix, "user", scene.lead.id))
    #expect(lead["pipelines"]?[0]?["actions"]?["assign"] == [["leading": true]])
    #expect(row(matrix, "user", scene.stranger.id)?["pipelines"] == [])
    let teams = try await scene.company.owner.call("access.matrix", ["by": "teams"])
    let team = try #require(row(teams, "team", scene.team))
    #expect(team["pipelines"]?[0]?["actions"]?["view"]?[0]?["cards"] == "team")
    let page = try await scene.company.owner.call("access.matrix", ["limit": 2])
    let next = try await scene.company.owner.call(
      "access.matrix", ["limit": 2, "after": page["next"] ?? .null])
    #expect(page.items.count == 2 && page.items.last != next.items.first)
  }

  @Test("Leads see those they lead and the pipelines they know; members are refused")
  func leads() async throws {
    let scene = try await scene()
    let matrix = try await scene.lead.client.call("access.matrix")
    let people = matrix.items.compactMap { $0["user"]?["id"]?.int64 }
    #expect(Set(people) == [scene.lead.id, scene.seller.id])
    #expect(
      matrix["pipelines"]?.array?.compactMap { $0["id"]?.int64 } == [scene.pipelines[1]])
    #expect(
      try await scene.lead.client.refusal(
        "access.matrix", ["pipeline": .integer(scene.pipelines[2])])?.kind == "not_found")
    #expect(try await scene.seller.client.refusal("access.matrix")?["needs"] == "admin")
    try await scene.company.insertCards([
      (900, RightsCard(pipeline: scene.pipelines[1], responsible: scene.seller.id, outcome: .open))
    ])
    let lead = scene.lead.client
    _ = try await lead.call(
      "access.explain", ["user": .integer(scene.seller.id), "card": 900])
    #expect(
      try await lead.refusal(
        "access.explain", ["user": .integer(scene.stranger.id), "card": 900])?["needs"] == "admin")
  }

  @Test("The preview counts who gains and loses, names open cards left unseen, and changes nothing")
  func preview() async throws {
    let scene = try await scene()
    let place = { (responsible: Int64?, outcome: Outcome) in
      RightsCard(pipeline: scene.pipelines[1], responsible: responsible, outcome: outcome)
    }
    try await scene.company.insertCards([
      (900, place(scene.seller.id, .open)), (901, place(scene.seller.id, .lost)),
      (902, place(scene.lead.id, .open)), (903, place(nil, .open)),
    ])
    let owner = scene.company.owner
    let revoked = try await owner.call("access.preview", ["revoke": .integer(scene.grant)])
    #expect(revoked["people"]?.array?.count == 2)
    #expect(
      revoked["people"]?[0]?["loses"] == [["pipeline": .integer(scene.pipelines[1]), "cards": 3]])
    #expect(revoked["unseen"]?["count"] == 2)
    #expect(
      revoked["unseen"]?["cards"]?.array?.compactMap { $0["card"]?.int64 } == [902, 900])
    let widened = try await owner.call(
      "access.preview",
      [
        "give": [
          "pipeline": .integer(scene.pipelines[1]), "to": ["team": .integer(scene.team)],
          "actions": ["view"], "cards": "all", "outcome": "open",
        ]
      ])
    let seller = widened["people"]?.array?.first {
      $0["user"]?["id"]?.int64 == scene.seller.id
    }
    #expect(seller?["gains"]?[0]?["cards"] == 1 && seller?["loses"]?[0]?["cards"] == 1)
    let joined = try await owner.call(
      "access.preview",
      ["add_member": ["team": .integer(scene.team), "user": .integer(scene.stranger.id)]])
    #expect(joined["people"]?.array?.count == 1)
    #expect(joined["people"]?[0]?["gains"]?[0]?["cards"] == 3)
    #expect(try await owner.call("grant.list").ids.contains(scene.grant))
    #expect(try await scene.stranger.client.call("deal.list").ids == [])
  }

  @Test("Leads preview what they may change, and exactly one change is asked about")
  func previewsOfLeads() async throws {
    let scene = try await scene()
    let lead = scene.lead.client
    let give = { (cards: String) -> JSONObject in
      [
        "give": [
          "pipeline": .integer(scene.pipelines[1]), "to": ["user": .integer(scene.seller.id)],
          "actions": ["view"], "cards": .string(cards),
        ]
      ]
    }
    _ = try await lead.call("access.preview", give("own"))
    #expect(try await lead.refusal("access.preview", give("all"))?["needs"] == "view")
    _ = try await lead.call("access.preview", ["revoke": .integer(scene.grant)])
    _ = try await lead.call(
      "access.preview",
      ["remove_member": ["team": .integer(scene.team), "user": .integer(scene.seller.id)]])
    #expect(
      try await lead.refusal(
        "access.preview",
        ["add_member": ["team": .integer(scene.team), "user": .integer(scene.stranger.id)]])?.kind
        == "not_found")
    #expect(
      try await scene.seller.client.refusal(
        "access.preview", ["revoke": .integer(scene.grant)])?["needs"] == "admin")
    #expect(try await lead.refusal("access.preview")?.kind == "invalid_params")
    var both = give("own")
    both["revoke"] = .integer(scene.grant)
    #expect(try await lead.refusal("access.preview", both)?.kind == "invalid_params")
  }
}
