internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("Explanations of rights")
struct AccessExplainTests {
  private struct Scene {
    let company: TestCompany
    let pipeline: Int64
    let team: Int64
    let boris: (id: Int64, client: TestClient)
    let grant: Int64
  }

  /// Борис sees his own open deals through his team; 900 is his, 901 a colleague's.
  private func scene() async throws -> Scene {
    let company = try await TestInstallation.make().company(template: "first_line_and_seniors")
    let pipeline = try await company.pipelines()[1]
    let team = try await company.team("team")
    let boris = try await company.user("boris", teams: [team])
    let vera = try await company.user("vera", teams: [team])
    let grant = try await company.give(
      [.view, .edit], on: pipeline, to: ["team": .integer(team)], cards: .own)
    try await company.insertCards([
      (900, RightsCard(pipeline: pipeline, responsible: boris.id, outcome: .open)),
      (901, RightsCard(pipeline: pipeline, responsible: vera.id, outcome: .won)),
    ])
    return Scene(company: company, pipeline: pipeline, team: team, boris: boris, grant: grant)
  }

  @Test("What is allowed names the grants, what is not says why and what would be needed")
  func shape() async throws {
    let scene = try await scene()
    let answer = try await scene.company.owner.call(
      "access.explain", ["user": .integer(scene.boris.id), "card": 900])
    let actions = try #require(answer["actions"])
    #expect(actions.object?.members.map(\.name) == Action.allCases.map(\.rawValue))
    let view = try #require(actions["view"])
    #expect(view["allowed"] == true)
    #expect(view["by"]?[0]?["grant"] == .integer(scene.grant))
    #expect(view["by"]?[0]?["to"] == ["team": .integer(scene.team)])
    let close = try #require(actions["close"])
    #expect(close["allowed"] == false)
    #expect(close["code"] == "action_not_granted")
    #expect(close["because"]?.string?.isEmpty == false)
    #expect(close["would_need"]?["actions"] == ["close"])
  }

  @Test("What would be needed can be given as it stands, and then is enough")
  func remedy() async throws {
    let scene = try await scene()
    let owner = scene.company.owner
    let question: JSONObject = ["user": .integer(scene.boris.id), "card": 901]
    let before = try await owner.call("access.explain", question)
    #expect(before["actions"]?["move"]?["code"] == "action_not_granted")
    #expect(before["actions"]?["view"]?["code"] == "not_their_card")
    let remedy = try #require(before["actions"]?["move"]?["would_need"]?.object)
    let given = try await owner.call("grant.give", remedy)
    let after = try await owner.call("access.explain", question)
    #expect(after["actions"]?["move"]?["allowed"] == true)
    #expect(after["actions"]?["delete"]?["replaces"] == given["id"])
    #expect(try await scene.boris.client.call("deal.get", ["id": 901])["id"] == 901)
  }

  @Test("Owners and admins hold by their role, the deactivated hold nothing")
  func roles() async throws {
    let scene = try await scene()
    let owner = scene.company.owner
    let own = try await owner.call("access.explain", ["user": 1, "card": 900])
    #expect(own["actions"]?["delete"]?["by"] == [["role": "owner"]])
    try await owner.call("user.deactivate", ["id": .integer(scene.boris.id)])
    let answer = try await owner.call(
      "access.explain", ["user": .integer(scene.boris.id), "card": 900])
    #expect(answer["actions"]?["view"]?["code"] == "inactive")
    #expect(answer["actions"]?["view"]?["would_need"] == ["reactivate": true])
  }

  @Test("Members ask about themselves and on cards that they see, and about nobody else")
  func members() async throws {
    let scene = try await scene()
    let boris = scene.boris
    let own = try await boris.client.call(
      "access.explain", ["user": .integer(boris.id), "card": 900])
    #expect(own["actions"]?["edit"]?["allowed"] == true)
    let hidden = try await boris.client.refusal(
      "access.explain", ["user": .integer(boris.id), "card": 901])
    let absent = try await boris.client.refusal(
      "access.explain", ["user": .integer(boris.id), "card": 999])
    #expect(hidden?.kind == "not_found")
    #expect(hidden == absent)
    let other = try await boris.client.refusal("access.explain", ["user": 1, "card": 900])
    let nobody = try await boris.client.refusal("access.explain", ["user": 77, "card": 900])
    #expect(other?["needs"] == "admin")
    #expect(other == nobody)
  }
}
