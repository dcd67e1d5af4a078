internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Idempotency keys")
struct IdempotencyTests {
  private func company() async throws -> TestCompany {
    try await TestInstallation.make().company()
  }

  private func team(_ name: String, key: String, parent: Int64? = nil) -> JSONObject {
    var parameters: JSONObject = [
      "name": .string(name), "kind": "other", "idempotency_key": .string(key),
    ]
    if let parent { parameters["parent"] = .integer(parent) }
    return parameters
  }

  @Test(
    "The same key with the same params gives the first answer, whatever has changed, and does nothing"
  )
  func repeated() async throws {
    let company = try await company()
    let first = try await company.owner.call("team.create", team("A", key: "k"))
    try await company.owner.call("team.update", ["id": first["id"] ?? .null, "name": "B"])
    #expect(try await company.owner.call("team.create", team("A", key: "k")) == first)
    // The order of members is no difference; the key belongs to the principal, not the connection.
    let reordered: JSONObject = ["idempotency_key": "k", "kind": "other", "name": "A"]
    let elsewhere = try await company.installation.anotherServer().login(
      "mebel", "owner@mebel.example")
    #expect(try await elsewhere.call("team.create", reordered) == first)
    #expect(try await company.owner.call("team.list").ids.count == 1)
  }

  @Test("Eight of the same request at once do it once and get the same answer")
  func atOnce() async throws {
    let company = try await company()
    let other = try company.installation.anotherServer()
    var clients = [company.owner]
    for number in 1..<8 {
      let server = number.isMultiple(of: 2) ? company.installation : other
      clients.append(try await server.login("mebel", "owner@mebel.example"))
    }
    let answers = try await withThrowingTaskGroup(of: JSON.self) { group in
      for client in clients {
        group.addTask { try await client.call("team.create", team("A", key: "k")) }
      }
      return try await group.reduce(into: [JSON]()) { $0.append($1) }
    }
    #expect(answers.count == 8)
    #expect(answers.allSatisfy { $0 == answers[0] })
    #expect(try await company.owner.call("team.list").ids.count == 1)
  }

  @Test("The same key with other params, or for another method, is a conflict and does nothing")
  func otherParams() async throws {
    let company = try await company()
    try await company.owner.call("team.create", team("A", key: "k"))
    let refusal = try await company.owner.refusal("team.create", team("B", key: "k"))
    #expect(refusal?.kind == "conflict")
    let method = try await company.owner.refusal(
      "settings.update", ["name": "A", "idempotency_key": "k"])
    #expect(method?.kind == "conflict")
    #expect(try await company.owner.call("team.list").ids.count == 1)
  }

  @Test(
    "A key is its principal's own: colleagues, other companies and the operator use the same one")
  func ownKeys() async throws {
    let company = try await company()
    let other = try await company.installation.company("other")
    let admin = try await company.user("admin", role: "admin")
    let first = try await company.owner.call("team.create", team("A", key: "k"))
    let second = try await admin.client.call("team.create", team("B", key: "k"))
    #expect(first["id"] != second["id"])
    let foreign = try await other.owner.call("team.create", team("A", key: "k"))
    #expect(foreign["name"] == "A")
    #expect(try await other.owner.call("team.list").ids.count == 1)
    let plan: JSONObject = ["code": "p", "name": "P", "idempotency_key": "k"]
    let made = try await company.operatorClient.call("plan.create", plan)
    #expect(try await company.operatorClient.call("plan.create", plan) == made)
  }

  @Test("After 24 hours a key is free again, and not a moment before")
  func expiry() async throws {
    let company = try await company()
    try await company.owner.call("team.create", team("A", key: "k"))
    company.installation.clock.advance(seconds: 86_399)
    #expect(
      try await company.owner.refusal("team.create", team("B", key: "k"))?.kind == "conflict")
    company.installation.clock.advance(seconds: 1)
    let second = try await company.owner.call("team.create", team("B", key: "k"))
    #expect(second["name"] == "B")
    #expect(try await company.owner.call("team.create", team("B", key: "k")) == second)
  }

  @Test("Errors are not kept: a request that was refused may succeed under the same key")
  func errors() async throws {
    let company = try await company()
    let request = team("child", key: "k", parent: 1)
    #expect(try await company.owner.refusal("team.create", request)?.kind == "not_found")
    #expect(try await company.team("parent") == 1)
    let made = try await company.owner.call("team.create", request)
    #expect(made["parent"] == 1)
    #expect(try await company.owner.call("team.create", request) == made)
  }

  @Test("A success is repeated although the same request would be refused by now")
  func repeatedThoughRefused() async throws {
    let company = try await company()
    let create: JSONObject = [
      "email": "b@mebel.example", "name": "B", "password": "long enough", "idempotency_key": "k",
    ]
    let made = try await company.owner.call("user.create", create)
    #expect(try await company.owner.call("user.create", create) == made)
    var fresh = create
    fresh["idempotency_key"] = "other"
    #expect(try await company.owner.refusal("user.create", fresh)?.kind == "conflict")
  }

  @Test("A key that is wrong in form is refused, and secrets take none")
  func form() async throws {
    let company = try await company()
    let long = String(repeating: "k", count: 65)
    let refusal = try await company.owner.refusal("team.create", team("A", key: long))
    #expect(refusal?.kind == "invalid_params")
    let secret = try await company.owner.refusal(
      "auth.change_password", ["current": "a", "new": "b", "idempotency_key": "k"])
    #expect(secret?.kind == "invalid_params")
  }
}
