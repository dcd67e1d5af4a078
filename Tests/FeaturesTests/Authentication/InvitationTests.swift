internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("Invitations")
struct InvitationTests {
  private func invite(
    _ company: TestCompany, _ name: String = "boris", _ more: JSONObject = [:]
  ) async throws -> JSON {
    var parameters = more
    parameters["email"] = .string(company.email(name))
    parameters["name"] = .string(name)
    return try await company.owner.call("user.invite", parameters)
  }

  private func accept(
    _ client: TestClient, _ token: JSON?, _ password: String = "a password of mine"
  ) async throws -> RPCError? {
    try await client.refusal(
      "auth.accept", ["token": token ?? .null, "password": .string(password)])
  }

  @Test("An invitation becomes a password and a session, in the teams and role that were named")
  func acceptance() async throws {
    let company = try await TestInstallation.make().company()
    let team = try await company.team("Sales")
    let invited = try await invite(
      company, "boris", ["role": "admin", "teams": [.integer(team)]])
    #expect(invited["has_password"] == false)
    #expect(invited.ids("teams") == [team])
    #expect(try await company.loginRefusal("boris", password: "") != nil)
    let client = company.installation.client()
    let session = try await client.call(
      "auth.accept",
      [
        "token": try #require(invited["invitation"]?["token"]), "password": "a password of mine",
      ])
    #expect(session["principal"]?["user"]?["role"] == "admin")
    let me = try await client.call("user.get", ["id": .integer(invited.id)])
    #expect(me["has_password"] == true)
    #expect(try await company.loginRefusal("boris", password: "a password of mine") == nil)
    let elsewhere = company.installation.client()
    try await elsewhere.call("auth.token", ["token": try #require(session["token"])])
    #expect(invited["invitation"]?["token"]?.string?.hasPrefix("vit_") == true)
  }

  @Test("Unknown, used, replaced, over and taken-back invitations are one and the same refusal")
  func oneRefusal() async throws {
    let company = try await TestInstallation.make().company()
    let clock = company.installation.clock
    var tokens: [JSON?] = [
      "x", "vit_1.1.00.00000000", .string("vit_" + String(repeating: "a", count: 90)),
    ]
    let used = try await invite(company, "used")["invitation"]?["token"]
    #expect(try await accept(company.installation.client(), used) == nil)
    tokens.append(used)
    let replaced = try await invite(company, "twice")
    tokens.append(replaced["invitation"]?["token"])
    let second = try await company.owner.call("user.invite", ["id": .integer(replaced.id)])
    let gone = try await invite(company, "gone")
    try await company.owner.call("user.deactivate", ["id": .integer(gone.id)])
    try await company.owner.call("user.reactivate", ["id": .integer(gone.id)])
    tokens.append(gone["invitation"]?["token"])
    // A session's token, and another company's, are no invitation.
    tokens.append(.string(company.installation.operatorToken))
    let other = try await company.installation.company("zulu")
    let foreign = try #require(try await invite(other)["invitation"]?["token"]?.string)
    tokens.append(.string(foreign.replacing("vit_\(other.id).", with: "vit_\(company.id).")))
    var refusals: [RPCError] = []
    for (index, token) in tokens.enumerated() {
      for password in ["a password of mine", "short", "password"] {
        let client = company.installation.client(
          address: "192.0.2.\(index)", isLocal: false)
        refusals.append(try #require(try await accept(client, token, password)))
        clock.advance(seconds: 120)
      }
    }
    #expect(refusals.allSatisfy { $0 == refusals[0] && $0.kind == "unauthenticated" })
    // The one that stands works, until its time is over.
    let late = second["invitation"]?["token"]
    clock.advance(seconds: 7 * 86_400)
    #expect(try await accept(company.installation.client(), late) == refusals[0])
    let fresh = try await company.owner.call("user.invite", ["id": .integer(replaced.id)])
    #expect(
      try await accept(company.installation.client(), fresh["invitation"]?["token"]) == nil)
  }

  @Test("Of eight who accept the same invitation at once one gets in")
  func once() async throws {
    let company = try await TestInstallation.make().company()
    let token = try await invite(company)["invitation"]?["token"]
    let other = try company.installation.anotherServer()
    let refusals = try await withThrowingTaskGroup(of: RPCError?.self) { group in
      for number in 0..<8 {
        let server = number.isMultiple(of: 2) ? company.installation : other
        group.addTask {
          try await accept(server.client(), token, "password number \(number)")
        }
      }
      return try await group.reduce(into: [RPCError?]()) { $0.append($1) }
    }
    #expect(refusals.count { $0 == nil } == 1)
    // Whoever comes too late is refused like anybody else, and soon has to wait.
    let kinds = Set(refusals.compactMap { $0?.kind })
    #expect(kinds.isSubset(of: ["unauthenticated", "rate_limited"]))
  }

  @Test("A reset leaves the old password until it is accepted, and then ends it and every session")
  func reset() async throws {
    let company = try await TestInstallation.make().company()
    let boris = try await company.user("boris")
    let elsewhere = try await company.installation.anotherServer().login(
      "mebel", company.email("boris"))
    let reset = try await company.owner.call("user.invite", ["id": .integer(boris.id)])
    for client in [boris.client, elsewhere] { _ = try await client.call("auth.whoami") }
    #expect(try await company.loginRefusal("boris") == nil)
    let client = company.installation.client()
    #expect(try await accept(client, reset["invitation"]?["token"]) == nil)
    for ended in [boris.client, elsewhere] {
      #expect(try await ended.refusal("auth.whoami")?.kind == "unauthenticated")
    }
    _ = try await client.call("auth.whoami")
    #expect(try await company.loginRefusal("boris") == "unauthenticated")
    #expect(try await company.loginRefusal("boris", password: "a password of mine") == nil)
  }

  @Test("Whoever changes their password takes an invitation to change it back")
  func takenBack() async throws {
    let company = try await TestInstallation.make().company()
    let boris = try await company.user("boris")
    let reset = try await company.owner.call("user.invite", ["id": .integer(boris.id)])
    try await boris.client.call(
      "auth.change_password",
      ["current": .string(TestCompany.password), "new": "quite another one"])
    let refusal = try await accept(
      company.installation.client(), reset["invitation"]?["token"])
    #expect(refusal?.kind == "unauthenticated")
  }

  @Test("Nobody resets their own password, an owner's as an admin, or a deactivated user's")
  func limits() async throws {
    let company = try await TestInstallation.make().company()
    let admin = try await company.user("admin", role: "admin")
    let gone = try await company.user("gone")
    try await company.owner.call("user.deactivate", ["id": .integer(gone.id)])
    let attempt = { (client: TestClient, parameters: JSONObject) in
      try await client.refusal("user.invite", parameters)
    }
    #expect(try await attempt(company.owner, ["id": 1])?.kind == "invalid")
    #expect(try await attempt(admin.client, ["id": 1])?["needs"] == "owner")
    #expect(try await attempt(company.owner, ["id": .integer(gone.id)])?.kind == "invalid")
    #expect(
      try await attempt(
        admin.client, ["email": "o@mebel.example", "name": "O", "role": "owner"])?["needs"]
        == "owner")
    #expect(try await attempt(gone.client, ["id": 1])?.kind == "unauthenticated")
    let member = try await company.user("member")
    #expect(
      try await attempt(member.client, ["email": "o@mebel.example", "name": "O"])?["needs"]
        == "admin")
    #expect(try await attempt(company.owner, [:])?.kind == "invalid_params")
    #expect(
      try await attempt(company.owner, ["id": .integer(admin.id), "role": "owner"])?.kind
        == "invalid_params")
    #expect(try await attempt(company.owner, ["id": .integer(admin.id)]) == nil)
  }

  @Test("Invited people count for the plan")
  func room() async throws {
    let company = try await TestInstallation.make().company(limits: ["users": 2])
    _ = try await invite(company, "boris")
    let refusal = try await company.owner.refusal(
      "user.invite", ["email": "vera@mebel.example", "name": "Vera"])
    #expect(refusal?.kind == "plan_limit")
  }

  @Test("A suspended company's invitation says so; a wrong one does not")
  func suspension() async throws {
    let company = try await TestInstallation.make().company()
    let token = try await invite(company)["invitation"]?["token"]
    try await company.operatorClient.call("tenant.suspend", ["tenant": "mebel"])
    let refusal = try await accept(company.installation.client(), token)
    #expect(refusal?.kind == "frozen")
    #expect(refusal?["state"] == "suspended")
    #expect(try await accept(company.installation.client(), "x")?.kind == "unauthenticated")
    try await company.operatorClient.call("tenant.resume", ["tenant": "mebel"])
    #expect(try await accept(company.installation.client(), token) == nil)
  }

  @Test("Guesses at invitations are slowed down by address, and cost no derivation")
  func guesses() async throws {
    let company = try await TestInstallation.make().company()
    let token = try await invite(company)["invitation"]?["token"]
    let derivations = company.installation.dispatcher.services.passwords.derivations
    let guesser = { company.installation.client(address: "198.51.100.7", isLocal: false) }
    var kinds: [String?] = []
    for _ in 0..<6 { kinds.append(try await accept(guesser(), "vit_guess")?.kind) }
    #expect(kinds.prefix(5).allSatisfy { $0 == "unauthenticated" })
    #expect(kinds.last == "rate_limited")
    #expect(company.installation.dispatcher.services.passwords.derivations == derivations)
    // Nobody else is held up by it.
    #expect(try await accept(company.installation.client(), token) == nil)
  }

  @Test(
    "A password that is common, short, or one's own name is refused, and the invitation stays good")
  func weakPasswords() async throws {
    let company = try await TestInstallation.make().company("furniture")
    let invited = try await invite(company, "borisov-boris")
    let token = invited["invitation"]?["token"]
    for weak in [
      "short", "Password123", "QWERTYUIOP", "88888888", "Furniture", "Мебель-Сити",
      "Borisov-Boris", "borisov-boris@furniture.example",
    ] {
      let refusal = try await accept(company.installation.client(), token, weak)
      #expect(refusal?.kind == "invalid", "\(weak)")
      #expect(refusal?["fields"]?[0]?["path"] == "password")
    }
    #expect(try await accept(company.installation.client(), token) == nil)
  }

  @Test("Imported people, who have no password, get in by an invitation")
  func imported() async throws {
    let company = try await TestInstallation.make().company()
    let boris = try await company.user("boris")
    try await company.query(
      Statement("update user_account set password_hash = null where id = $1::bigint"),
      .integer(boris.id))
    #expect(try await company.loginRefusal("boris") == "unauthenticated")
    let invited = try await company.owner.call("user.invite", ["id": .integer(boris.id)])
    #expect(invited["has_password"] == false)
    #expect(
      try await accept(company.installation.client(), invited["invitation"]?["token"]) == nil)
  }
}
