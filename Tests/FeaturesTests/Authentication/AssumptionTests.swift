internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("Acting as another user")
struct AssumptionTests {
  private struct Backend {
    let company: TestCompany
    let web: Int64
    let token: Int64
    let client: TestClient
  }

  private func backend(
    by maker: TestClient? = nil, in company: TestCompany, _ more: JSONObject = [:]
  ) async throws -> Backend {
    let web = try await company.user("web")
    var parameters = more
    parameters["name"] = "Web"
    parameters["kind"] = "service"
    parameters["user"] = .integer(web.id)
    parameters["assume"] = parameters["assume"] ?? true
    let made = try await (maker ?? company.owner).call("token.create", parameters)
    let client = company.installation.client()
    try await client.call("auth.token", ["token": try #require(made["token"])])
    return Backend(company: company, web: web.id, token: made.id, client: client)
  }

  private func company() async throws -> TestCompany {
    try await TestInstallation.make().company(template: "first_line_and_seniors")
  }

  @Test("The connection acts as the user from the next request on, and as itself after log-out")
  func acting() async throws {
    let company = try await company()
    let pipelines = try await company.pipelines()
    let boris = try await company.user("boris")
    let vera = try await company.user("vera")
    try await company.give(
      [.view, .create, .edit], on: pipelines[1], to: ["user": .integer(boris.id)])
    let backend = try await backend(in: company)
    #expect(try await backend.client.call("pipeline.list").ids == [])
    let answer = try await backend.client.call("auth.assume", ["user": .integer(boris.id)])
    #expect(answer["principal"]?["user"]?["id"] == .integer(boris.id))
    #expect(try await backend.client.call("pipeline.list").ids == [pipelines[1]])
    let who = try await backend.client.call("auth.whoami")["principal"]
    #expect(who?["kind"] == "user")
    #expect(who?["actor"]?["kind"] == "service")
    #expect(who?["actor"]?["user"] == .integer(backend.web))
    #expect(who?["actor"]?["token"]?["id"] == .integer(backend.token))
    let deal = try await backend.client.call(
      "deal.create", ["pipeline": .integer(pipelines[1]), "title": "Кухня"])
    #expect(deal["responsible"] == .integer(boris.id))
    // From one user straight to the next.
    try await backend.client.call("auth.assume", ["user": .integer(vera.id)])
    #expect(
      try await backend.client.refusal("deal.get", ["id": .integer(deal.id)])?.kind == "not_found")
    try await backend.client.call("auth.logout")
    let itself = try await backend.client.call("auth.whoami")["principal"]
    #expect(itself?["kind"] == "service")
    #expect(itself?["user"]?["id"] == .integer(backend.web))
    try await backend.client.call("auth.logout")
    #expect(try await backend.client.refusal("auth.whoami")?.kind == "unauthenticated")
  }

  @Test("The connection tells whose hand it is and in whose name")
  func actor() async throws {
    let company = try await company()
    let boris = try await company.user("boris")
    let backend = try await backend(in: company)
    try await backend.client.call("auth.assume", ["user": .integer(boris.id)])
    let session = try #require(backend.client.session as? ClientSession)
    #expect(
      session.actor
        == Actor(user: backend.web, actingAs: boris.id, token: backend.token, support: nil))
    let own = try #require(boris.client.session as? ClientSession)
    #expect(own.actor == Actor(user: boris.id, actingAs: nil, token: nil, support: nil))
  }

  @Test("Only a service token made for it acts as others, within its company and its methods")
  func allowed() async throws {
    let company = try await company()
    let boris = try await company.user("boris")
    let plain = try await company.owner.call("token.create", ["name": "Mine"])
    let personal = company.installation.client()
    try await personal.call("auth.token", ["token": try #require(plain["token"])])
    for client in [company.owner, boris.client, personal] {
      let refusal = try await client.refusal("auth.assume", ["user": .integer(boris.id)])
      #expect(refusal?["needs"] == "assume")
    }
    let backend = try await backend(in: company, ["methods": ["deal.*"]])
    #expect(
      try await backend.client.refusal("auth.assume", ["user": 9_000_001])?.kind == "not_found")
    #expect(
      try await backend.client.refusal(
        "auth.assume",
        ["user": .integer(boris.id), "tenant": "mebel", "reason": "Because"])?.kind
        == "invalid_params")
    try await backend.client.call("auth.assume", ["user": .integer(boris.id)])
    _ = try await backend.client.call("deal.list")
    #expect(
      try await backend.client.refusal("lead.list")?["needs"] == "token:lead.list")
  }

  @Test("Never as somebody of a higher role than the token's maker has, nor when they rise later")
  func ceiling() async throws {
    let company = try await company()
    let admin = try await company.user("admin", role: "admin")
    let boris = try await company.user("boris")
    let backend = try await backend(by: admin.client, in: company)
    #expect(try await backend.client.refusal("auth.assume", ["user": 1])?["needs"] == "owner")
    try await backend.client.call("auth.assume", ["user": .integer(admin.id)])
    try await backend.client.call("auth.assume", ["user": .integer(boris.id)])
    try await company.owner.call(
      "user.set_role", ["id": .integer(boris.id), "role": "owner"])
    #expect(try await backend.client.refusal("user.list")?["needs"] == "owner")
    // Going back to itself is always possible.
    try await backend.client.call("auth.logout")
    _ = try await backend.client.call("deal.list")
  }

  @Test("Revoking the token and deactivating either user end it on the open connection")
  func ends() async throws {
    let company = try await company()
    for end in 0..<3 {
      let boris = try await company.user("boris\(end)")
      let web = try await company.user("web\(end)")
      let made = try await company.owner.call(
        "token.create",
        ["name": "W", "kind": "service", "user": .integer(web.id), "assume": true])
      let client = try company.installation.anotherServer().client()
      try await client.call("auth.token", ["token": try #require(made["token"])])
      try await client.call("auth.assume", ["user": .integer(boris.id)])
      _ = try await client.call("deal.list")
      switch end {
      case 0: try await company.owner.call("token.revoke", ["id": .integer(made.id)])
      case 1: try await company.owner.call("user.deactivate", ["id": .integer(web.id)])
      default: try await company.owner.call("user.deactivate", ["id": .integer(boris.id)])
      }
      // Not even as the service: what was meant as one user must not be done as another.
      #expect(try await client.refusal("deal.list")?.kind == "unauthenticated")
      #expect(try await client.refusal("deal.list")?.kind == "unauthenticated")
    }
  }

  @Test("In a batch nobody becomes somebody else")
  func batches() async throws {
    let company = try await company()
    let backend = try await backend(in: company)
    for method in ["auth.assume", "auth.accept", "auth.logout", "auth.token"] {
      let refusal = await backend.client.inBatch(method, ["user": 1])
      #expect(refusal?.kind == "invalid_request", "\(method)")
    }
    #expect(await backend.client.inBatch("auth.whoami", [:]) == nil)
  }

  @Test("Two principals one after the other on one connection leave nothing to each other")
  func succession() async throws {
    let company = try await company()
    let other = try await company.installation.company("zulu")
    let backend = try await backend(in: company)
    try await backend.client.call("auth.assume", ["user": 1])
    try await backend.client.call("company.create", ["name": "Ours"])
    try await backend.client.call(
      "auth.login",
      [
        "tenant": "zulu", "email": "owner@zulu.example", "password": .string(TestCompany.password),
      ])
    #expect(try await backend.client.call("company.list").items.isEmpty)
    let who = try await backend.client.call("auth.whoami")["principal"]
    #expect(who?["tenant"] == "zulu" && who?["actor"] == nil && who?["token"] == nil)
    // Log-out does not lead back to whoever was there before.
    try await backend.client.call("auth.logout")
    #expect(try await backend.client.refusal("company.list")?.kind == "unauthenticated")
    _ = other
  }
}
