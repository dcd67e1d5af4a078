internal import Features
internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Sessions and tokens")
struct SessionTests {
  private func open(_ installation: TestInstallation) async throws -> (
    client: TestClient, token: JSON
  ) {
    let client = installation.client()
    let answer = try await client.call(
      "auth.login",
      [
        "tenant": "mebel", "email": "owner@mebel.example",
        "password": .string(TestCompany.password),
      ])
    return (client, try #require(answer["token"]))
  }

  @Test("A session's token works on several connections and several servers")
  func severalConnections() async throws {
    let installation = try await TestInstallation.make()
    _ = try await installation.company()
    let (first, token) = try await open(installation)
    let second = installation.client()
    let third = try installation.anotherServer().client()
    for client in [second, third] {
      let answer = try await client.call("auth.token", ["token": token])
      #expect(answer["principal"]?["user"]?["role"] == "owner")
    }
    // Logging out on one connection leaves the others.
    try await first.call("auth.logout")
    #expect(try await first.refusal("auth.whoami")?.kind == "unauthenticated")
    for client in [second, third] { _ = try await client.call("auth.whoami") }
    // And the token lets in again.
    try await first.call("auth.token", ["token": token])
  }

  @Test("Logging out of the session ends it wherever its token is used, and no other session")
  func session() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let (first, token) = try await open(installation)
    let elsewhere = try installation.anotherServer().client()
    try await elsewhere.call("auth.token", ["token": token])
    try await first.call("auth.logout", ["session": true])
    for client in [first, elsewhere] {
      #expect(try await client.refusal("auth.whoami")?.kind == "unauthenticated")
    }
    let again = try await installation.client().refusal("auth.token", ["token": token])
    #expect(again?.kind == "unauthenticated")
    _ = try await company.owner.call("auth.whoami")
  }

  @Test("Logging out everywhere ends every session of the user, and nobody else's")
  func everywhere() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let boris = try await company.user("boris")
    let (first, token) = try await open(installation)
    let elsewhere = try installation.anotherServer().client()
    try await elsewhere.call("auth.token", ["token": token])
    try await first.call("auth.logout", ["everywhere": true])
    for client in [first, elsewhere, company.owner] {
      #expect(try await client.refusal("auth.whoami")?.kind == "unauthenticated")
    }
    let again = try await installation.client().refusal("auth.token", ["token": token])
    #expect(again?.kind == "unauthenticated")
    _ = try await boris.client.call("auth.whoami")
  }

  @Test("A session ends when its time is over, on open connections too")
  func expiry() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let (_, token) = try await open(installation)
    installation.clock.advance(seconds: 30 * 86_400 - 1)
    _ = try await company.owner.call("auth.whoami")
    let late = installation.client()
    try await late.call("auth.token", ["token": token])
    installation.clock.advance(seconds: 1)
    for client in [company.owner, late] {
      #expect(try await client.refusal("auth.whoami")?.kind == "unauthenticated")
    }
    let again = try await installation.client().refusal("auth.token", ["token": token])
    #expect(again?.kind == "unauthenticated")
  }

  @Test("Changing one's password ends one's other sessions and keeps this one")
  func changedPassword() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let (mine, token) = try await open(installation)
    let elsewhere = try await installation.anotherServer().login("mebel", "owner@mebel.example")
    let wrong = try await mine.refusal(
      "auth.change_password", ["current": "not this one", "new": "another password"])
    #expect(wrong?["fields"]?[0]?["path"] == "current")
    _ = try await elsewhere.call("auth.whoami")
    try await mine.call(
      "auth.change_password",
      ["current": .string(TestCompany.password), "new": "another password"])
    _ = try await mine.call("auth.whoami")
    try await installation.client().call("auth.token", ["token": token])
    for client in [elsewhere, company.owner] {
      #expect(try await client.refusal("auth.whoami")?.kind == "unauthenticated")
    }
  }

  @Test("What never was a token, and what is one with a letter changed, lets nobody in")
  func wrongTokens() async throws {
    let installation = try await TestInstallation.make()
    _ = try await installation.company()
    let token = try #require(try await open(installation).token.string)
    let parts = token.split(separator: ".").map(String.init)
    var turned = parts
    turned[2] = String(parts[2].reversed())
    let wrong = [
      "x", "vus_", "vop_1.", "vus_1.1.\(parts[2]).00000000", turned.joined(separator: "."),
      token + "0", "vus_999." + parts[1...].joined(separator: "."),
      installation.operatorToken.replacing("vop_", with: "vus_"),
    ]
    for token in wrong {
      let refusal = try await installation.client().refusal(
        "auth.token", ["token": .string(token)])
      #expect(refusal?.kind == "unauthenticated")
    }
    try await installation.client().call("auth.token", ["token": .string(token)])
  }

  @Test("A replaced operator's token ends the operator's open connections, and the new one lets in")
  func operatorToken() async throws {
    let installation = try await TestInstallation.make()
    let open = try await installation.operatorClient()
    _ = try await open.call("tenant.list")
    let fresh = try await installation.database.connected(as: installation.database.application) {
      try await OperatorTokens.replace(on: $0, at: installation.clock.now)
    }
    #expect(try await open.refusal("tenant.list")?.kind == "unauthenticated")
    let old = try await installation.client().refusal(
      "auth.token", ["token": .string(installation.operatorToken)])
    #expect(old?.kind == "unauthenticated")
    let client = installation.client()
    try await client.call("auth.token", ["token": .string(fresh)])
    _ = try await client.call("tenant.list")
  }

  @Test("The operator does not enter companies, and their users not the catalogue")
  func apart() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let refusal = try await company.operatorClient.refusal("user.list")
    #expect(refusal?.kind == "forbidden")
    for method in ["tenant.list", "plan.list"] {
      let refusal = try await company.owner.refusal(method)
      #expect(refusal?.kind == "forbidden")
      #expect(refusal?["needs"] == "operator")
    }
  }
}
