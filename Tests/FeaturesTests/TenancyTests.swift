internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Tenancy")
struct TenancyTests {
  @Test("A company is made with its first admin, who can log in and is its owner")
  func companyWithOwner() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company("mebel", template: "first_line_and_seniors")
    let principal = try await company.owner.call("auth.whoami")
    #expect(principal["principal"]?["tenant"] == "mebel")
    #expect(principal["principal"]?["user"]?["role"] == "owner")
  }

  @Test("A taken slug is refused as a conflict and nothing is made")
  func takenSlug() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company("mebel")
    let refusal = try await company.operatorClient.refusal(
      "tenant.create",
      [
        "slug": "mebel", "name": "Other", "plan": "mebel",
        "admin": ["email": "a@b.example", "name": "A", "password": "long enough"],
      ])
    #expect(refusal?.kind == "conflict")
    let tenants = try await company.operatorClient.call("tenant.list")
    #expect(tenants["items"]?.array?.count == 1)
  }

  @Test(
    "A suspended company's open connection answers frozen at once, and works again for who logs in when resumed"
  )
  func suspension() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company("mebel")
    try await company.operatorClient.call("tenant.suspend", ["tenant": "mebel"])
    let refusal = try await company.owner.refusal("auth.whoami")
    #expect(refusal?.kind == "frozen")
    #expect(refusal?["state"] == "suspended")
    try await company.operatorClient.call("tenant.resume", ["tenant": "mebel"])
    #expect(try await company.owner.refusal("auth.whoami")?.kind == "unauthenticated")
    let again = try await installation.login("mebel", "owner@mebel.example")
    _ = try await again.call("auth.whoami")
  }
}
