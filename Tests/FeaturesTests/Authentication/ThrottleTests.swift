internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("The slow-down of guesses")
struct ThrottleTests {
  private func attempt(
    _ client: TestClient, email: String = "owner@mebel.example",
    password: String = TestCompany.password
  ) async throws -> RPCError? {
    try await client.refusal(
      "auth.login",
      ["tenant": "mebel", "email": .string(email), "password": .string(password)])
  }

  private func guess(_ client: TestClient, email: String = "owner@mebel.example") async throws
    -> String?
  {
    try await attempt(client, email: email, password: "wrong password")?.kind
  }

  @Test(
    "After five wrong passwords one waits, longer each time, and the right one is not heard either")
  func slowDown() async throws {
    let installation = try await TestInstallation.make()
    _ = try await installation.company()
    let client = installation.client()
    for _ in 0..<5 { #expect(try await guess(client) == "unauthenticated") }
    let held = try await attempt(client)
    #expect(held?.code == 1029)
    #expect(held?["retry_after_ms"] == 1000)
    // Waiting is enough, and nothing else: who asks in between is not pushed back.
    #expect(try await guess(client) == "rate_limited")
    installation.clock.advance(seconds: 1)
    #expect(try await guess(client) == "unauthenticated")
    #expect(try await attempt(client)?["retry_after_ms"] == 2000)
    installation.clock.advance(seconds: 2)
    #expect(try await attempt(client) == nil)
  }

  @Test("A success clears the count")
  func cleared() async throws {
    let installation = try await TestInstallation.make()
    _ = try await installation.company()
    let client = installation.client()
    for _ in 0..<4 { #expect(try await guess(client) == "unauthenticated") }
    #expect(try await attempt(client) == nil)
    for _ in 0..<5 { #expect(try await guess(client) == "unauthenticated") }
    #expect(try await guess(client) == "rate_limited")
  }

  @Test("Failures count in the database: another server knows of them")
  func onEveryServer() async throws {
    let installation = try await TestInstallation.make()
    _ = try await installation.company()
    for _ in 0..<5 { _ = try await guess(installation.client()) }
    #expect(try await guess(installation.anotherServer().client()) == "rate_limited")
  }

  @Test("Guesses that come at once are counted one by one")
  func atOnce() async throws {
    let installation = try await TestInstallation.make()
    _ = try await installation.company()
    let kinds = try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<20 {
        group.addTask { try await guess(installation.client()) }
      }
      return try await group.reduce(into: [String?]()) { $0.append($1) }
    }
    #expect(kinds.count { $0 == "unauthenticated" } == 5)
    #expect(kinds.count { $0 == "rate_limited" } == 15)
  }

  @Test(
    "Nobody locks another out: an address that has logged in before is heard whatever others do")
  func noLockOut() async throws {
    let installation = try await TestInstallation.make()
    _ = try await installation.company()
    let home = { installation.client(address: "192.0.2.1", isLocal: false) }
    let attacker = { (number: Int) in
      installation.client(address: "198.51.100.\(number)", isLocal: false)
    }
    let unknown = { installation.client(address: "203.0.113.9", isLocal: false) }
    #expect(try await attempt(home()) == nil)
    for number in 0..<24 {
      #expect(try await guess(attacker(number)) == "unauthenticated")
      installation.clock.advance(seconds: number < 19 ? 0 : 5)
    }
    _ = try await guess(attacker(99))
    // The account is slow for those whom it does not know, and for five seconds at most.
    let held = try await attempt(unknown())
    #expect(held?.kind == "rate_limited")
    #expect((held?["retry_after_ms"]?.int64 ?? 0) <= 5000)
    #expect(try await attempt(home()) == nil)
    installation.clock.advance(seconds: 5)
    #expect(try await attempt(unknown()) == nil)
  }

  @Test("Who guesses at many accounts from one address waits; on one machine they may share it")
  func manyAccounts() async throws {
    let installation = try await TestInstallation.make()
    _ = try await installation.company()
    for isLocal in [true, false] {
      let client = { installation.client(address: "192.0.2.7", isLocal: isLocal) }
      for number in 0..<50 {
        let kind = try await guess(client(), email: "user\(number)-\(isLocal)@mebel.example")
        #expect(kind == "unauthenticated")
      }
      let next = try await guess(client(), email: "other-\(isLocal)@mebel.example")
      #expect(next == (isLocal ? "unauthenticated" : "rate_limited"))
    }
  }

  @Test("Guesses at the present password on an open connection count like those at log-in")
  func changeOfPassword() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let change = { (current: String) in
      try await company.owner.refusal(
        "auth.change_password", ["current": .string(current), "new": "another password"])
    }
    for _ in 0..<5 { #expect(try await change("wrong password")?.kind == "invalid") }
    #expect(try await change(TestCompany.password)?.kind == "rate_limited")
    #expect(try await attempt(installation.client())?.kind == "rate_limited")
    installation.clock.advance(seconds: 1)
    #expect(try await change(TestCompany.password) == nil)
    // The success has cleared the count.
    for _ in 0..<5 { #expect(try await guess(installation.client()) == "unauthenticated") }
  }

  @Test("Addresses of one network of IPv6 count as one")
  func network() async throws {
    let installation = try await TestInstallation.make()
    _ = try await installation.company()
    var kinds: [String?] = []
    for number in 1...6 {
      kinds.append(
        try await guess(installation.client(address: "2001:db8::\(number)", isLocal: false)))
    }
    #expect(kinds.last == "rate_limited" && kinds.prefix(5).allSatisfy { $0 == "unauthenticated" })
    let other = installation.client(address: "2001:db8:0:1::1", isLocal: false)
    #expect(try await guess(other) == "unauthenticated")
  }
}
