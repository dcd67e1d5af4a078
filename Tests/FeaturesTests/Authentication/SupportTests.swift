internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("The operator's looks into companies")
struct SupportTests {
  private func begin(
    _ client: TestClient, _ more: JSONObject = [:]
  ) async throws -> RPCError? {
    var parameters: JSONObject = [
      "tenant": "mebel", "user": 1, "reason": "Ticket 17: the board is empty",
    ]
    for member in more.members { parameters[member.name] = member.value }
    return try await client.refusal("auth.assume", parameters)
  }

  @Test("The operator acts as the user named, the company reads why, and log-out leads back")
  func look() async throws {
    let company = try await TestInstallation.make().company()
    try await company.owner.call("company.create", ["name": "Ours"])
    let client = try await company.installation.operatorClient()
    #expect(try await client.refusal("company.list")?.kind == "forbidden")
    #expect(try await begin(client, ["minutes": 10]) == nil)
    #expect(try await client.call("company.list").items.count == 1)
    let who = try await client.call("auth.whoami")
    #expect(who["principal"]?["user"]?["id"] == 1)
    #expect(who["principal"]?["actor"]?["kind"] == "operator")
    let session = try #require(client.session as? ClientSession)
    #expect(session.actor?.actingAs == 1 && session.actor?.user == nil)
    // As a user of the company, not as the operator.
    #expect(try await client.refusal("tenant.list")?["needs"] == "operator")
    let log = try await company.owner.call("support.list").items
    #expect(log.count == 1)
    #expect(log.first?["reason"] == "Ticket 17: the board is empty")
    #expect(log.first?["ended_at"] == .null)
    #expect(log.first?["expires_at"] == who["expires_at"])
    try await client.call("auth.logout")
    #expect(try await client.call("auth.whoami")["principal"]?["kind"] == "operator")
    _ = try await client.call("tenant.list")
    #expect(try await company.owner.call("support.list").items.first?["ended_at"] != .null)
  }

  @Test("A look needs a company, a user, a reason, and at most four hours")
  func members() async throws {
    let company = try await TestInstallation.make().company()
    let client = try await company.installation.operatorClient()
    let missing = try await client.refusal("auth.assume", ["user": 1])
    #expect(missing?.kind == "invalid_params")
    #expect(missing?["fields"]?.array?.count == 2)
    for wrong in [["reason": ""], ["minutes": 241], ["minutes": 0]] as [JSONObject] {
      #expect(try await begin(client, wrong)?.kind == "invalid_params")
    }
    #expect(try await begin(client, ["tenant": "never"])?["what"] == "tenant")
    #expect(try await begin(client, ["user": 999])?["what"] == "user")
    #expect(try await company.owner.call("support.list").items.isEmpty)
  }

  @Test("It ends at its time on the open connection")
  func time() async throws {
    let company = try await TestInstallation.make().company()
    let client = try await company.installation.operatorClient()
    #expect(try await begin(client) == nil)
    company.installation.clock.advance(seconds: 30 * 60 - 1)
    _ = try await client.call("user.list")
    company.installation.clock.advance(seconds: 1)
    #expect(try await client.refusal("user.list")?.kind == "unauthenticated")
  }

  @Test("The company switches it off: a look that goes on ends at once, and none begins")
  func switchedOff() async throws {
    let company = try await TestInstallation.make().company()
    let client = try await company.installation.anotherServer().operatorClient()
    #expect(try await begin(client) == nil)
    _ = try await client.call("user.list")
    let boris = try await company.user("boris")
    #expect(
      try await boris.client.refusal("settings.update", ["support_access": false])?["needs"]
        == "admin")
    let settings = try await company.owner.call("settings.update", ["support_access": false])
    #expect(settings["support_access"] == false)
    #expect(try await client.refusal("user.list")?.kind == "unauthenticated")
    let fresh = try await company.installation.operatorClient()
    #expect(try await begin(fresh)?["needs"] == "support_access")
    #expect(try await company.owner.call("support.list").items.first?["ended_at"] != .null)
    // Switched on again, the old look stays ended.
    try await company.owner.call("settings.update", ["support_access": true])
    #expect(try await client.refusal("user.list")?.kind == "unauthenticated")
    #expect(try await begin(fresh) == nil)
  }

  @Test("Suspension, the user's deactivation and a new operator's token end it at once")
  func ends() async throws {
    let company = try await TestInstallation.make().company()
    let boris = try await company.user("boris")
    let suspended = try await company.installation.operatorClient()
    #expect(try await begin(suspended) == nil)
    try await company.operatorClient.call("tenant.suspend", ["tenant": "mebel"])
    #expect(try await suspended.refusal("user.list")?.kind == "frozen")
    let fresh = try await company.installation.operatorClient()
    #expect(try await begin(fresh)?.kind == "frozen")
    try await company.operatorClient.call("tenant.resume", ["tenant": "mebel"])
    #expect(try await suspended.refusal("user.list")?.kind == "unauthenticated")

    #expect(try await begin(fresh, ["user": .integer(boris.id)]) == nil)
    let owner = try await company.installation.login("mebel", "owner@mebel.example")
    try await owner.call("user.deactivate", ["id": .integer(boris.id)])
    #expect(try await fresh.refusal("deal.list")?.kind == "unauthenticated")

    let last = try await company.installation.operatorClient()
    #expect(try await begin(last) == nil)
    _ = try await last.call("deal.list")
    let database = company.installation.database
    _ = try await database.connected(as: database.application) {
      try await OperatorTokens.replace(on: $0, at: company.installation.clock.now)
    }
    #expect(try await last.refusal("deal.list")?.kind == "unauthenticated")
  }

  @Test("Who looks in makes no tokens and sets no passwords; members do not read of it")
  func limits() async throws {
    let company = try await TestInstallation.make().company()
    let boris = try await company.user("boris")
    let client = try await company.installation.operatorClient()
    #expect(try await begin(client) == nil)
    let id: JSON = .integer(boris.id)
    for (method, parameters) in [
      ("token.create", ["name": "N"]), ("user.invite", ["id": id]),
      ("user.update", ["id": id, "password": "another password"]),
      ("auth.logout", ["everywhere": true]),
    ] as [(String, JSONObject)] {
      #expect(try await client.refusal(method, parameters)?["needs"] == "session")
    }
    #expect(try await client.refusal("auth.assume", ["user": id])?["needs"] == "assume")
    #expect(try await boris.client.refusal("support.list")?["needs"] == "admin")
  }
}
