internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("Users")
struct UserTests {
  private func company(limits: JSON = [:]) async throws -> TestCompany {
    try await TestInstallation.make().company(template: "first_line_and_seniors", limits: limits)
  }

  @Test("A new user is in the teams named, can log in, and is read as the answer said")
  func creation() async throws {
    let company = try await company()
    let team = try await company.team("Общее")
    let created = try await company.owner.call(
      "user.create",
      [
        "email": "Boris@Mebel.Example", "name": "Борис", "password": "long enough",
        "teams": [.integer(team), .integer(team)],
      ])
    #expect(created["email"] == "Boris@mebel.example")
    #expect(created["role"] == "member")
    #expect(created.ids("teams") == [team])
    let id = try #require(created["id"])
    #expect(try await company.owner.call("user.get", ["id": id]) == created)
    #expect(try await company.loginRefusal("boris", password: "long enough") == nil)
    let members = try await company.owner.call("team.get", ["id": .integer(team)])
    #expect(members.ids("members") == [id.int64])
  }

  @Test("Everything that is wrong with a new user is told at once")
  func wrongValues() async throws {
    let company = try await company()
    let refusal = try await company.owner.refusal(
      "user.create", ["email": "nobody", "name": "N", "password": "short"])
    #expect(refusal?.kind == "invalid")
    let paths = refusal?["fields"]?.array?.compactMap { $0["path"]?.string }
    #expect(paths == ["email", "password"])
  }

  @Test("An address that is taken, in any case of letters, is a conflict and makes nobody")
  func takenAddress() async throws {
    let company = try await company()
    _ = try await company.user("boris")
    let refusal = try await company.owner.refusal(
      "user.create",
      ["email": "BORIS@mebel.example", "name": "Other", "password": "long enough"])
    #expect(refusal?.kind == "conflict")
    #expect(try await company.owner.call("user.list").ids.count == 2)
  }

  @Test("The list is filtered by state and team, and comes in pages")
  func filters() async throws {
    let company = try await company()
    let team = try await company.team("Общее")
    let boris = try await company.user("boris", teams: [team])
    let vera = try await company.user("vera")
    try await company.owner.call("user.deactivate", ["id": .integer(boris.id)])
    let list = { (parameters: JSONObject) in
      try await company.owner.call("user.list", parameters).ids
    }
    #expect(try await list(["state": "inactive"]) == [boris.id])
    #expect(try await list(["team": .integer(team)]) == [boris.id])
    #expect(try await list(["state": "active"]) == [1, vera.id])
    let all = try await company.owner.all("user.list", ["limit": 1])
    #expect(all.compactMap { $0["id"]?.int64 } == [1, boris.id, vera.id])
  }

  @Test("A member knows themself whole and of colleagues the names that their pipelines need")
  func colleagues() async throws {
    let company = try await company()
    let pipelines = try await company.pipelines()
    let own = try await company.team("Own")
    let granted = try await company.team("Granted")
    let boris = try await company.user("boris", teams: [own])
    let mate = try await company.user("mate", teams: [own])
    let fellow = try await company.user("fellow", teams: [granted])
    let direct = try await company.user("direct")
    let seller = try await company.user("seller")
    let stranger = try await company.user("stranger")
    try await company.give([.view], on: pipelines[1], to: ["team": .integer(own)])
    try await company.give(
      [.edit], on: pipelines[1], to: ["team": .integer(granted)], cards: .own)
    try await company.give(
      [.edit], on: pipelines[1], to: ["user": .integer(direct.id)], cards: .own)
    try await company.give([.view], on: pipelines[2], to: ["user": .integer(stranger.id)])
    try await company.insertCards([
      (900, RightsCard(pipeline: pipelines[1], responsible: seller.id, outcome: .open)),
      (901, RightsCard(pipeline: pipelines[2], responsible: stranger.id, outcome: .open)),
    ])

    // Looking alone needs the names of those responsible and no others; working does.
    #expect(
      Set(try await boris.client.call("user.list").ids) == [boris.id, mate.id, seller.id])
    try await company.give([.view, .move], on: pipelines[1], to: ["team": .integer(own)])
    let known = try await boris.client.call("user.list")
    #expect(Set(known.ids) == [boris.id, mate.id, fellow.id, direct.id, seller.id])
    let others = known.items.filter { $0.id != boris.id }
    #expect(others.allSatisfy { $0.object?.members.map(\.name) == ["id", "name", "state"] })
    let colleague = try await boris.client.call("user.get", ["id": .integer(mate.id)])
    #expect(colleague == ["id": .integer(mate.id), "name": "mate", "state": "active"])
    let oneself = try await boris.client.call("user.get", ["id": .integer(boris.id)])
    #expect(oneself["email"] == "boris@mebel.example")
    for hidden in [1, stranger.id] {
      let refusal = try await boris.client.refusal("user.get", ["id": .integer(hidden)])
      #expect(refusal?.kind == "not_found")
    }
  }

  @Test("A new password ends the user's sessions at once and is the only one that lets in")
  func newPassword() async throws {
    let company = try await company()
    let boris = try await company.user("boris")
    try await company.owner.call(
      "user.update",
      ["id": .integer(boris.id), "name": "Борис Б.", "password": "another password"])
    let refusal = try await boris.client.refusal("auth.whoami")
    #expect(refusal?.kind == "unauthenticated")
    #expect(try await company.loginRefusal("boris") == "unauthenticated")
    #expect(try await company.loginRefusal("boris", password: "another password") == nil)
  }

  @Test("A new name or address ends no session")
  func newName() async throws {
    let company = try await company()
    let boris = try await company.user("boris")
    let updated = try await company.owner.call(
      "user.update",
      ["id": .integer(boris.id), "name": "Борис Б.", "email": "b@mebel.example"])
    #expect(updated["version"] == 2)
    let principal = try await boris.client.call("auth.whoami")
    #expect(principal["principal"]?["user"]?["email"] == "b@mebel.example")
    #expect(try await company.loginRefusal("b") == nil)
    #expect(try await company.loginRefusal("boris") == "unauthenticated")
  }

  @Test("One's own password is not changed without the present one")
  func ownPassword() async throws {
    let company = try await company()
    let refusal = try await company.owner.refusal(
      "user.update", ["id": 1, "password": "another password"])
    #expect(refusal?.kind == "invalid")
    _ = try await company.owner.call("auth.whoami")
  }

  @Test("A version that is out of date stops every change of a user")
  func versions() async throws {
    let company = try await company()
    let boris = try await company.user("boris")
    let changes: [(String, JSONObject)] = [
      ("user.update", ["name": "B"]), ("user.set_role", ["role": "admin"]),
      ("user.deactivate", [:]), ("user.reactivate", [:]),
    ]
    for (method, parameters) in changes {
      var parameters = parameters
      parameters["id"] = .integer(boris.id)
      parameters["if_version"] = 9
      let refusal = try await company.owner.refusal(method, parameters)
      #expect(refusal?.kind == "conflict")
      #expect(refusal?["version"] == 1)
    }
    let updated = try await company.owner.call(
      "user.update", ["id": .integer(boris.id), "name": "B", "if_version": 1])
    #expect(updated["version"] == 2)
  }

  // MARK: - Room in the plan

  @Test("Of eight users created at once as many exist as the plan allows; the others learn why not")
  func limitUnderConcurrency() async throws {
    let company = try await company(limits: ["users": 4])
    try await company.operatorClient.call(
      "plan.create", ["code": "small", "name": "S", "limits": ["users": 5, "deal_pipelines": 1]])
    try await company.operatorClient.call(
      "plan.create", ["code": "wide", "name": "W", "limits": ["users": 50]])
    let refusals = try await withThrowingTaskGroup(of: RPCError?.self) { group in
      for number in 0..<8 {
        group.addTask {
          try await company.owner.refusal(
            "user.create",
            [
              "email": .string("user\(number)@mebel.example"), "name": "U",
              "password": "long enough",
            ])
        }
      }
      return try await group.reduce(into: [RPCError]()) {
        if let refusal = $1 { $0.append(refusal) }
      }
    }
    #expect(refusals.count == 5)
    for refusal in refusals {
      #expect(refusal.kind == "plan_limit")
      #expect(refusal["limit"] == "users")
      #expect(refusal["max"] == 4)
      #expect(refusal["used"] == 4)
      #expect(refusal["plan"] == "mebel")
      // The small plan has users enough, but not the two deal pipelines that are there.
      #expect(refusal["lifted_by"] == "wide")
    }
    #expect(try await company.owner.call("user.list").ids.count == 4)
  }

  @Test("Only active users count for the plan, and coming back needs room again")
  func reactivationNeedsRoom() async throws {
    let company = try await company(limits: ["users": 2])
    let boris = try await company.user("boris")
    try await company.owner.call("user.deactivate", ["id": .integer(boris.id)])
    let vera = try await company.user("vera")
    let refusal = try await company.owner.refusal("user.reactivate", ["id": .integer(boris.id)])
    #expect(refusal?.kind == "plan_limit")
    try await company.owner.call("user.deactivate", ["id": .integer(vera.id)])
    let back = try await company.owner.call("user.reactivate", ["id": .integer(boris.id)])
    #expect(back["state"] == "active")
    #expect(try await company.loginRefusal("boris") == nil)
  }
}
