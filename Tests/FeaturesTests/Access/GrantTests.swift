internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("Grants")
struct GrantTests {
  private func company() async throws -> (TestCompany, pipelines: [Int64]) {
    let company = try await TestInstallation.make().company(template: "first_line_and_seniors")
    return (company, try await company.pipelines())
  }

  @Test("Giving again to the same subject replaces: the id stays, the version rises")
  func replacing() async throws {
    let (company, pipelines) = try await company()
    let boris = try await company.user("boris")
    let given = try await company.owner.call(
      "grant.give",
      [
        "pipeline": .integer(pipelines[1]), "to": ["user": .integer(boris.id)],
        "actions": ["edit", "view", "edit"], "cards": "own",
      ])
    #expect(given["actions"] == ["view", "edit"])
    #expect(given["outcome"] == "any")
    #expect(given["version"] == 1)
    let replaced = try await company.owner.call(
      "grant.give",
      [
        "pipeline": .integer(pipelines[1]), "to": ["user": .integer(boris.id)],
        "actions": ["view"], "cards": "all", "outcome": "lost", "if_version": 1,
      ])
    #expect(replaced["id"] == given["id"])
    #expect(replaced["version"] == 2)
    let list = try await company.owner.call("grant.list", ["pipeline": .integer(pipelines[1])])
    #expect(list["items"]?.array?.contains(replaced) == true)
    #expect(list["items"]?.array?.count { $0["to"] == replaced["to"] } == 1)
  }

  @Test("Eight who give to the same subject at once make one grant")
  func givingAtOnce() async throws {
    let (company, pipelines) = try await company()
    let scopes: [CardScope] = [.own, .team, .subteams, .all, .own, .team, .subteams, .all]
    let ids = try await withThrowingTaskGroup(of: Int64.self) { group in
      for scope in scopes {
        group.addTask {
          try await company.give(
            [.view], on: pipelines[1], to: ["everyone": true], cards: scope)
        }
      }
      return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
    }
    #expect(ids.count == 1)
  }

  @Test("A grant names at least one action, a known scope and exactly one subject")
  func shape() async throws {
    let (company, pipelines) = try await company()
    let right: JSONObject = [
      "pipeline": .integer(pipelines[1]), "to": ["everyone": true], "actions": ["view"],
      "cards": "all",
    ]
    let wrong: [(String, JSON)] = [
      ("actions", []), ("actions", ["fly"]), ("cards", "some"), ("outcome", "gone"),
      ("to", ["everyone": false]), ("to", ["user": 1, "team": 1]), ("to", [:]),
    ]
    for (name, value) in wrong {
      var parameters = right
      parameters[name] = value
      #expect(
        try await company.owner.refusal("grant.give", parameters)?.kind == "invalid_params")
    }
    try await company.owner.call("grant.give", right)
  }

  @Test("A version that is out of date stops giving again and revoking")
  func versions() async throws {
    let (company, pipelines) = try await company()
    let everyone: JSON = ["everyone": true]
    let grant = try await company.give([.view], on: pipelines[1], to: everyone)
    let give: JSONObject = [
      "pipeline": .integer(pipelines[1]), "to": everyone, "actions": ["view", "edit"],
      "cards": "all", "if_version": 4,
    ]
    #expect(try await company.owner.refusal("grant.give", give)?["version"] == 1)
    let revoke: JSONObject = ["id": .integer(grant), "if_version": 4]
    #expect(try await company.owner.refusal("grant.revoke", revoke)?.kind == "conflict")
    // Who knows of a grant that is gone is told so, and makes no new one.
    try await company.owner.call("grant.revoke", ["id": .integer(grant), "if_version": 1])
    #expect(try await company.owner.refusal("grant.give", give)?.kind == "conflict")
  }

  @Test("A grant opens cards at once, and a revoked one hides them at once, on every server")
  func revocation() async throws {
    let (company, pipelines) = try await company()
    let boris = try await company.user("boris")
    let other = try company.installation.anotherServer()
    let elsewhere = try await other.login("mebel", company.email("boris"))
    let ownerElsewhere = try await other.login("mebel", "owner@mebel.example")
    try await company.insertCards([
      (900, RightsCard(pipeline: pipelines[1], responsible: nil, outcome: .open))
    ])
    for client in [boris.client, elsewhere] {
      #expect(try await client.refusal("deal.get", ["id": 900])?.kind == "not_found")
    }
    for giver in [company.owner, ownerElsewhere] {
      let given = try await giver.call(
        "grant.give",
        [
          "pipeline": .integer(pipelines[1]), "to": ["user": .integer(boris.id)],
          "actions": ["view", "edit"], "cards": "all",
        ])
      for client in [boris.client, elsewhere] {
        _ = try await client.call("deal.get", ["id": 900])
        _ = try await client.call("deal.update", ["id": 900, "title": "Кухня"])
      }
      try await giver.call("grant.revoke", ["id": given["id"] ?? .null])
      for client in [boris.client, elsewhere] {
        #expect(try await client.refusal("deal.get", ["id": 900])?.kind == "not_found")
        #expect(
          try await client.refusal("deal.update", ["id": 900, "title": "X"])?.kind == "not_found")
        #expect(try await client.call("deal.list").ids == [])
      }
    }
  }

  @Test("Joining and leaving a team give and take its rights at once, on every server")
  func membership() async throws {
    let (company, pipelines) = try await company()
    let team = try await company.team("team")
    let boris = try await company.user("boris")
    let elsewhere = try await company.installation.anotherServer().login(
      "mebel", company.email("boris"))
    try await company.insertCards([
      (900, RightsCard(pipeline: pipelines[1], responsible: nil, outcome: .open))
    ])
    try await company.give([.view], on: pipelines[1], to: ["team": .integer(team)])
    let key: JSONObject = ["team": .integer(team), "user": .integer(boris.id)]
    #expect(try await elsewhere.call("deal.list").ids == [])
    try await company.owner.call("team.add_member", key)
    #expect(try await elsewhere.call("deal.list").ids == [900])
    try await company.owner.call("team.remove_member", key)
    #expect(try await elsewhere.call("deal.list").ids == [])
  }
}
