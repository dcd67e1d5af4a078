internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("Log-in")
struct LoginTests {
  private func login(
    _ client: TestClient, _ tenant: String, _ email: String, _ password: String
  ) async throws -> RPCError? {
    try await client.refusal(
      "auth.login",
      ["tenant": .string(tenant), "email": .string(email), "password": .string(password)])
  }

  @Test(
    "What of company, address and password is wrong is shown neither by the reply nor by its cost")
  func sameRefusal() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let gone = try await company.user("gone")
    try await company.owner.call("user.deactivate", ["id": .integer(gone.id)])
    let bare = try await company.user("bare")
    try await company.query(
      Statement("update user_account set password_hash = null where id = $1::bigint"),
      .integer(bare.id))
    let passwords = installation.dispatcher.services.passwords
    let attempts: [(String, String, String)] = [
      ("mebel", "owner@mebel.example", "wrong password"),
      ("mebel", "nobody@mebel.example", TestCompany.password),
      ("nowhere", "owner@mebel.example", TestCompany.password),
      ("mebel", "gone@mebel.example", TestCompany.password),
      ("mebel", "bare@mebel.example", TestCompany.password),
      ("mebel", "' or true --", TestCompany.password),
    ]
    var refusals: [RPCError] = []
    for (tenant, email, password) in attempts {
      let before = passwords.derivations
      let refusal = try await login(installation.client(), tenant, email, password)
      refusals.append(try #require(refusal))
      #expect(passwords.derivations - before == 1)
    }
    #expect(refusals.allSatisfy { $0.kind == "unauthenticated" && $0 == refusals[0] })
    let before = passwords.derivations
    let right = try await login(
      installation.client(), "mebel", "OWNER@mebel.example", TestCompany.password)
    #expect(right == nil)
    #expect(passwords.derivations - before == 1)
  }

  @Test("A password is derived anew with the first log-in after its cost has changed")
  func rehash() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let dearer = try installation.anotherServer(
      passwordCost: PasswordCost(logarithmOfRounds: 5, blockSize: 8, parallelism: 1))
    let stored = Statement("select password_hash from user_account where id = 1")
    let before = try await company.query(stored)[0].string(0)
    _ = try await dearer.login("mebel", "owner@mebel.example")
    let after = try await company.query(stored)[0].string(0)
    #expect(before.hasPrefix("scrypt$4$"))
    #expect(after.hasPrefix("scrypt$5$"))
    // The other server reads what it did not write.
    _ = try await company.installation.login("mebel", "owner@mebel.example")
    _ = try await company.owner.call("auth.whoami")
  }

  @Test("Another spelling of the same letters is the same password")
  func composedLetters() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    try await company.owner.call(
      "auth.change_password",
      ["current": .string(TestCompany.password), "new": "caf\u{E9} au lait"])
    let refusal = try await login(
      installation.client(), "mebel", "owner@mebel.example", "cafe\u{301} au lait")
    #expect(refusal == nil)
  }

  @Test("A failed log-in leaves the connection as it was; a second one takes it over")
  func rebinding() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    _ = try await company.user("boris")
    let refusal = try await login(company.owner, "mebel", "boris@mebel.example", "wrong password")
    #expect(refusal?.kind == "unauthenticated")
    let owner = try await company.owner.call("auth.whoami")
    #expect(owner["principal"]?["user"]?["role"] == "owner")
    #expect(
      try await login(company.owner, "mebel", "boris@mebel.example", TestCompany.password) == nil)
    let boris = try await company.owner.call("auth.whoami")
    #expect(boris["principal"]?["user"]?["name"] == "boris")
  }

  @Test(
    "A suspended company's right password, token and open connection say so; a wrong password does not"
  )
  func suspension() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let opened = try await installation.client().call(
      "auth.login",
      [
        "tenant": "mebel", "email": "owner@mebel.example",
        "password": .string(TestCompany.password),
      ])
    try await company.operatorClient.call("tenant.suspend", ["tenant": "mebel"])
    let token = try #require(opened["token"])
    let refusals = [
      try await login(
        installation.client(), "mebel", "owner@mebel.example", TestCompany.password),
      try await installation.client().refusal("auth.token", ["token": token]),
      try await company.owner.refusal("settings.get"),
    ]
    for refusal in refusals {
      #expect(refusal?.kind == "frozen")
      #expect(refusal?["state"] == "suspended")
    }
    let wrong = try await login(
      installation.client(), "mebel", "owner@mebel.example", "wrong password")
    #expect(wrong?.kind == "unauthenticated")
    try await company.operatorClient.call("tenant.resume", ["tenant": "mebel"])
    _ = try await company.owner.call("settings.get")
    try await installation.client().call("auth.token", ["token": token])
  }

  @Test("Before log-in only what is open answers")
  func beforeLogin() async throws {
    let installation = try await TestInstallation.make()
    let client = installation.client()
    #expect(try await client.refusal("user.list")?.kind == "unauthenticated")
    // Who is not logged in does not learn what params are right, but which methods there are.
    #expect(try await client.refusal("user.get", ["nonsense": 1])?.kind == "unauthenticated")
    #expect(try await client.refusal("user.fly")?.kind == "method_not_found")
    try await client.call("system.ping")
  }
}
