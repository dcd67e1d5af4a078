internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("Tokens of people and services")
struct TokenTests {
  private func create(
    _ client: TestClient, _ more: JSONObject = [:]
  ) async throws -> (id: Int64, token: JSON) {
    var parameters = more
    parameters["name"] = "Reports"
    let made = try await client.call("token.create", parameters)
    return (made.id, try #require(made["token"]))
  }

  private func open(_ installation: TestInstallation, _ token: JSON) async throws -> TestClient {
    let client = installation.client()
    try await client.call("auth.token", ["token": token])
    return client
  }

  @Test("A personal token has its user's rights, is shown once, and only its hash is stored")
  func personal() async throws {
    let company = try await TestInstallation.make().company(template: "first_line_and_seniors")
    let boris = try await company.user("boris")
    let made = try await create(boris.client)
    let text = try #require(made.token.string)
    #expect(text.hasPrefix("vpt_\(company.id)."))
    let client = try await open(company.installation, made.token)
    let principal = try await client.call("auth.whoami")
    #expect(principal["principal"]?["kind"] == "user")
    #expect(principal["principal"]?["user"]?["id"] == .integer(boris.id))
    #expect(principal["principal"]?["token"]?["name"] == "Reports")
    #expect(principal["expires_at"] == .null)
    // A member's token opens nothing that the member does not.
    #expect(try await client.call("pipeline.list").items.isEmpty)
    #expect(try await client.refusal("usage.get")?["needs"] == "admin")
    let pipelines = try await company.pipelines()
    try await company.give([.view], on: pipelines[1], to: ["user": .integer(boris.id)])
    #expect(try await client.call("pipeline.list").ids == [pipelines[1]])
    let list = try await boris.client.call("token.list")
    #expect(list.ids == [made.id] && !list.description.contains(text))
    let rows = try await company.query(
      Statement("select count(*) from access_token t where t::text like '%' || $1::text || '%'"),
      .text(String(text.split(separator: ".")[2])))
    #expect(try rows[0].integer(0) == 0)
  }

  @Test("Revoking ends a token at once, on open connections, on every server")
  func revocation() async throws {
    let company = try await TestInstallation.make().company()
    let boris = try await company.user("boris")
    let made = try await create(boris.client)
    let other = try company.installation.anotherServer()
    let clients = [
      try await open(company.installation, made.token), try await open(other, made.token),
    ]
    for client in clients { _ = try await client.call("settings.get") }
    try await boris.client.call("token.revoke", ["id": .integer(made.id)])
    for client in clients {
      #expect(try await client.refusal("settings.get")?.kind == "unauthenticated")
    }
    let again = try await company.installation.client().refusal(
      "auth.token", ["token": made.token])
    #expect(again?.kind == "unauthenticated")
    _ = try await boris.client.call("auth.whoami")
  }

  @Test("A token of a methods' subset opens these and no others, whatever its user may do")
  func subset() async throws {
    let company = try await TestInstallation.make().company()
    let made = try await create(
      company.owner, ["methods": ["deal.*", "user.list", "token.create"]])
    let client = try await open(company.installation, made.token)
    _ = try await client.call("deal.list")
    _ = try await client.call("user.list")
    for method in ["auth.whoami", "system.ping"] { _ = try await client.call(method) }
    for (method, parameters) in [
      ("lead.list", [:]), ("user.get", ["id": 1]), ("settings.get", [:]),
      ("settings.update", ["reopen_days": 1]), ("token.list", [:]),
    ] as [(String, JSONObject)] {
      let refusal = try await client.refusal(method, parameters)
      #expect(refusal?.kind == "forbidden", "\(method)")
      #expect(refusal?["needs"] == .string("token:\(method)"))
    }
    // Checks go on in their order: what is no method, and what is no params, is said first.
    #expect(try await client.refusal("lead.fly")?.kind == "method_not_found")
    #expect(try await client.refusal("lead.get", ["id": "x"])?.kind == "invalid_params")
    let refusal = try await company.owner.refusal(
      "token.create", ["name": "N", "methods": ["deal.fly", "nothing.*", "deal.get"]])
    #expect(refusal?["fields"]?.array?.count == 2)
  }

  @Test("No token makes tokens, changes passwords, resets them or logs out everywhere")
  func noEscape() async throws {
    let company = try await TestInstallation.make().company()
    let boris = try await company.user("boris")
    let personal = try await create(company.owner)
    let service = try await create(
      company.owner, ["kind": "service", "user": 1, "assume": true])
    let assumed = try await open(company.installation, service.token)
    try await assumed.call("auth.assume", ["user": 1])
    let clients = [
      try await open(company.installation, personal.token),
      try await open(company.installation, service.token), assumed,
    ]
    let id: JSON = .integer(boris.id)
    let attempts: [(String, JSONObject)] = [
      ("token.create", ["name": "N"]),
      (
        "auth.change_password",
        ["current": .string(TestCompany.password), "new": "another password"]
      ),
      ("user.update", ["id": id, "password": "another password"]), ("user.invite", ["id": id]),
      ("auth.logout", ["everywhere": true]),
    ]
    for client in clients {
      for (method, parameters) in attempts {
        let refusal = try await client.refusal(method, parameters)
        #expect(refusal?["needs"] == "session", "\(method)")
      }
      try await client.call("user.update", ["id": id, "name": "Boris"])
    }
    #expect(try await company.loginRefusal("boris") == nil)
    try await company.owner.call("user.update", ["id": id, "password": "another password"])
  }

  @Test("A token ends at its time, on open connections too")
  func expiry() async throws {
    let company = try await TestInstallation.make().company()
    let clock = company.installation.clock
    let end = clock.now.adding(seconds: 3600)
    let made = try await create(company.owner, ["expires_at": .string(end.description)])
    let client = try await open(company.installation, made.token)
    #expect(try await client.call("auth.whoami")["expires_at"] == .string(end.description))
    clock.advance(seconds: 3599)
    _ = try await client.call("deal.list")
    clock.advance(seconds: 1)
    #expect(try await client.refusal("deal.list")?.kind == "unauthenticated")
    let again = try await company.installation.client().refusal(
      "auth.token", ["token": made.token])
    #expect(again?.kind == "unauthenticated")
    let past = try await company.owner.refusal(
      "token.create", ["name": "N", "expires_at": .string(clock.now.description)])
    #expect(past?["fields"]?[0]?["path"] == "expires_at")
    // It stays in the list for a month, and is forgotten then.
    #expect(try await company.owner.call("token.list").ids == [made.id])
    clock.advance(seconds: 29 * 86_400)
    try await company.installation.dispatcher.clearAway()
    let owner = try await company.installation.login("mebel", "owner@mebel.example")
    #expect(try await owner.call("token.list").ids == [made.id])
    clock.advance(seconds: 86_400)
    try await company.installation.dispatcher.clearAway()
    #expect(try await owner.call("token.list").ids == [])
  }

  @Test(
    "A token of some networks is taken from there alone, and refused elsewhere like a wrong one")
  func networks() async throws {
    let company = try await TestInstallation.make().company()
    let made = try await create(
      company.owner, ["networks": ["192.0.2.0/24", "2001:db8::/32"]])
    let attempt = { (address: String) in
      try await company.installation.client(address: address, isLocal: false).refusal(
        "auth.token", ["token": made.token])
    }
    for address in ["192.0.2.77", "2001:db8:1::5", "::ffff:192.0.2.1"] {
      #expect(try await attempt(address) == nil, "\(address)")
    }
    let wrong = try await company.installation.client().refusal(
      "auth.token", ["token": "vpt_1.1.wrong"])
    for address in ["192.0.3.1", "2001:db9::1", "127.0.0.1", "::1"] {
      #expect(try await attempt(address) == wrong, "\(address)")
    }
    let refusal = try await company.owner.refusal(
      "token.create", ["name": "N", "networks": ["10.0.0.0/8", "10.0.0.1/8", "nowhere"]])
    let paths = refusal?["fields"]?.array?.compactMap { $0["path"]?.string }
    #expect(paths == ["networks[1]", "networks[2]"])
  }

  @Test("Deactivation and suspension end a token on open connections; only suspension is undone")
  func deactivation() async throws {
    let company = try await TestInstallation.make().company()
    let boris = try await company.user("boris")
    let web = try await company.user("web")
    let personal = try await create(boris.client)
    let service = try await create(
      company.owner, ["kind": "service", "user": .integer(web.id)])
    let other = try company.installation.anotherServer()
    let mine = try await open(other, personal.token)
    let program = try await open(other, service.token)
    try await company.operatorClient.call("tenant.suspend", ["tenant": "mebel"])
    for client in [mine, program] {
      #expect(try await client.refusal("deal.list")?.kind == "frozen")
    }
    let frozen = try await company.installation.client().refusal(
      "auth.token", ["token": personal.token])
    #expect(frozen?.kind == "frozen")
    try await company.operatorClient.call("tenant.resume", ["tenant": "mebel"])
    for client in [mine, program] { _ = try await client.call("deal.list") }
    let owner = try await company.installation.login("mebel", "owner@mebel.example")
    for (id, client) in [(boris.id, mine), (web.id, program)] {
      try await owner.call("user.deactivate", ["id": .integer(id)])
      #expect(try await client.refusal("deal.list")?.kind == "unauthenticated")
      try await owner.call("user.reactivate", ["id": .integer(id)])
      #expect(try await client.refusal("deal.list")?.kind == "unauthenticated")
    }
    for token in [personal.token, service.token] {
      let refusal = try await company.installation.client().refusal(
        "auth.token", ["token": token])
      #expect(refusal?.kind == "unauthenticated")
    }
  }

  @Test("A token of one company is nothing at another, also with its numbers changed")
  func otherCompany() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let other = try await installation.company("zulu")
    let made = try await create(company.owner)
    _ = try await create(other.owner)
    let text = try #require(made.token.string)
    let parts = text.split(separator: ".").map(String.init)
    for forged in [
      text.replacing("vpt_\(company.id).", with: "vpt_\(other.id)."),
      text.replacing("vpt_", with: "vst_"), text.replacing("vpt_", with: "vus_"),
      AccessToken.withChecksum("vpt_\(other.id).\(parts[1]).\(parts[2])"),
      AccessToken.withChecksum("vst_\(company.id).\(parts[1]).\(parts[2])"),
      AccessToken.withChecksum("vus_\(company.id).\(parts[1]).\(parts[2])"),
    ] {
      let refusal = try await installation.client().refusal(
        "auth.token", ["token": .string(forged)])
      #expect(refusal?.kind == "unauthenticated", "\(forged.prefix(8))")
    }
    // The other company's people neither see nor end it.
    let refusal = try await other.owner.refusal("token.revoke", ["id": .integer(made.id + 7)])
    #expect(refusal?.kind == "not_found")
    _ = try await open(installation, made.token)
  }

  @Test("Members see and end their own tokens; admins everybody's, but not an owner's personal one")
  func ownership() async throws {
    let company = try await TestInstallation.make().company()
    let boris = try await company.user("boris")
    let vera = try await company.user("vera")
    let admin = try await company.user("admin", role: "admin")
    let mine = try await create(boris.client)
    let owners = try await create(company.owner)
    let program = try await create(
      company.owner, ["kind": "service", "user": .integer(boris.id)])
    #expect(try await boris.client.call("token.list").ids == [mine.id])
    #expect(try await vera.client.call("token.list").ids == [])
    #expect(
      try await admin.client.call("token.list").ids == [mine.id, owners.id, program.id])
    #expect(
      try await admin.client.call("token.list", ["user": .integer(boris.id)]).ids
        == [mine.id, program.id])
    #expect(try await admin.client.refusal("token.list", ["user": 999])?.kind == "not_found")
    for id in [mine.id, owners.id, program.id] {
      let refusal = try await vera.client.refusal("token.revoke", ["id": .integer(id)])
      #expect(refusal?.kind == "not_found")
    }
    let refusal = try await boris.client.refusal("token.revoke", ["id": .integer(program.id)])
    #expect(refusal?.kind == "not_found")
    #expect(
      try await admin.client.refusal("token.revoke", ["id": .integer(owners.id)])?["needs"]
        == "owner")
    for id in [mine.id, program.id] {
      try await admin.client.call("token.revoke", ["id": .integer(id)])
    }
    #expect(try await admin.client.call("token.list").ids == [owners.id])
  }

  @Test("A service token is made by owners and admins, for nobody above them, now or later")
  func ceilings() async throws {
    let company = try await TestInstallation.make().company()
    let admin = try await company.user("admin", role: "admin")
    let web = try await company.user("web")
    let service: JSONObject = ["kind": "service", "user": .integer(web.id)]
    var parameters = service
    parameters["name"] = "Web"
    #expect(try await web.client.refusal("token.create", parameters)?["needs"] == "admin")
    parameters["user"] = 1
    #expect(try await admin.client.refusal("token.create", parameters)?["needs"] == "owner")
    for wrong in [
      ["name": "N", "kind": "service"], ["name": "N", "user": 1], ["name": "N", "assume": true],
    ] as [JSONObject] {
      #expect(try await company.owner.refusal("token.create", wrong)?.kind == "invalid")
    }
    let made = try await create(admin.client, service)
    let client = try await open(company.installation, made.token)
    #expect(try await client.call("auth.whoami")["principal"]?["kind"] == "service")
    // Its user rises above whoever made it: the token does not rise with them.
    try await company.owner.call(
      "user.set_role", ["id": .integer(web.id), "role": "owner"])
    #expect(try await client.refusal("usage.get")?["needs"] == "owner")
    #expect(try await client.refusal("deal.list")?["needs"] == "owner")
    try await company.owner.call(
      "user.set_role", ["id": .integer(web.id), "role": "admin"])
    _ = try await client.call("usage.get")
  }

  @Test("Last use is noted, at most once a minute by all servers together")
  func lastUse() async throws {
    let company = try await TestInstallation.make().company()
    let clock = company.installation.clock
    let made = try await create(company.owner)
    let used = {
      try await company.owner.call("token.list").items.first { $0.id == made.id }?["last_used_at"]
    }
    #expect(try await used() == .null)
    let clients = [
      try await open(company.installation, made.token),
      try await open(company.installation.anotherServer(), made.token),
    ]
    let first: JSON = .string(clock.now.description)
    #expect(try await used() == first)
    clock.advance(seconds: 59)
    for client in clients { _ = try await client.call("deal.list") }
    #expect(try await used() == first)
    clock.advance(seconds: 1)
    for client in clients { _ = try await client.call("deal.list") }
    let second: JSON = .string(clock.now.description)
    #expect(try await used() == second)
    clock.advance(seconds: 30)
    for client in clients { _ = try await client.call("deal.list") }
    #expect(try await used() == second)
  }

  @Test("One's keys of idempotency are the token's own, not the user's")
  func keys() async throws {
    let company = try await TestInstallation.make().company()
    let made = try await create(company.owner)
    let client = try await open(company.installation, made.token)
    let request: JSONObject = ["name": "Client", "idempotency_key": "k"]
    let theirs = try await company.owner.call("company.create", request)
    let its = try await client.call("company.create", request)
    #expect(theirs.id != its.id)
    #expect(try await client.call("company.create", request) == its)
  }
}

extension AccessToken {
  /// A text with the checksum that goes with it, whatever it says.
  static func withChecksum(_ body: String) -> String {
    "\(body).\(checksum(body))"
  }
}
