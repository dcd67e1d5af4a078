internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Owners")
struct OwnerTests {
  private func company() async throws -> TestCompany {
    try await TestInstallation.make().company()
  }

  @Test("Only an owner makes owners, unmakes them, and changes their accounts")
  func ownersAreForOwners() async throws {
    let company = try await company()
    let admin = try await company.user("admin", role: "admin")
    let second = try await company.user("second", role: "owner")
    let owner: JSON = .integer(second.id)
    let attempts: [(String, JSONObject)] = [
      ("user.set_role", ["id": owner, "role": "member"]),
      ("user.set_role", ["id": .integer(admin.id), "role": "owner"]),
      ("user.update", ["id": owner, "password": "another password"]),
      ("user.update", ["id": owner, "email": "mine@mebel.example"]),
      ("user.deactivate", ["id": owner]),
      (
        "user.create",
        ["email": "o@mebel.example", "name": "O", "password": "long enough", "role": "owner"]
      ),
    ]
    for (method, parameters) in attempts {
      let refusal = try await admin.client.refusal(method, parameters)
      #expect(refusal?.kind == "forbidden")
      #expect(refusal?["needs"] == "owner")
    }
    // What an admin may do, and what an owner may.
    let promoted = try await company.user("promoted")
    try await admin.client.call("user.set_role", ["id": .integer(promoted.id), "role": "admin"])
    try await company.owner.call("user.set_role", ["id": owner, "role": "member"])
  }

  @Test("The last owner can be neither demoted nor deactivated, a last but one can")
  func lastOwner() async throws {
    let company = try await company()
    let second = try await company.user("second", role: "owner")
    try await company.owner.call("user.deactivate", ["id": .integer(second.id)])
    for (method, parameters) in [
      ("user.set_role", ["id": 1, "role": "admin"] as JSONObject), ("user.deactivate", ["id": 1]),
    ] {
      let refusal = try await company.owner.refusal(method, parameters)
      #expect(refusal?.kind == "invalid")
    }
    try await company.owner.call("user.reactivate", ["id": .integer(second.id)])
    let demoted = try await company.owner.call("user.set_role", ["id": 1, "role": "member"])
    #expect(demoted["role"] == "member")
    // The right ended with the role, on the open connection too.
    let refusal = try await company.owner.refusal("user.set_role", ["id": 1, "role": "owner"])
    #expect(refusal?["needs"] == "admin")
  }

  @Test("Two owners who unmake each other at once leave one owner", arguments: 0..<5)
  func lastOwnerUnderConcurrency(_ round: Int) async throws {
    let company = try await company()
    let second = try await company.user("second", role: "owner")
    let isDemotion = round.isMultiple(of: 2)
    let unmake = { @Sendable (client: TestClient, id: Int64) async throws -> RPCError? in
      isDemotion
        ? try await client.refusal("user.set_role", ["id": .integer(id), "role": "member"])
        : try await client.refusal("user.deactivate", ["id": .integer(id)])
    }
    async let first = unmake(company.owner, second.id)
    async let other = unmake(second.client, 1)
    let refusals = [try await first, try await other]
    #expect(refusals.count { $0 == nil } == 1)
    let owners = try await company.query(
      Statement(
        "select count(*) from user_account where role = 'owner' and state = 'active'"))
    #expect(try owners[0].integer(0) == 1)
  }
}
