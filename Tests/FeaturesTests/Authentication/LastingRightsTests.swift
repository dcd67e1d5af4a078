internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("What tokens and looks leave behind")
struct LastingRightsTests {
  @Test(
    "Neither a token nor a look makes people, raises them, brings them back, or opens to support")
  func nothingLasting() async throws {
    let company = try await TestInstallation.make().company()
    let boris = JSON.integer(try await company.user("boris").id)
    let gone = JSON.integer(try await company.user("gone").id)
    try await company.owner.call("user.deactivate", ["id": gone])
    let token = try await company.owner.call("token.create", ["name": "All"])
    let byToken = company.installation.client()
    try await byToken.call("auth.token", ["token": token["token"] ?? .null])
    let bySupport = try await company.installation.operatorClient()
    try await bySupport.call(
      "auth.assume", ["tenant": "mebel", "user": 1, "reason": "Ticket 18"])
    let lasting: [(String, JSONObject)] = [
      (
        "user.create",
        [
          "email": "planted@mebel.example", "name": "P", "password": "k4-planted-88",
          "role": "owner",
        ]
      ),
      ("user.set_role", ["id": boris, "role": "admin"]),
      ("user.reactivate", ["id": gone]),
      ("settings.update", ["support_access": true]),
    ]
    for (method, parameters) in lasting {
      for client in [byToken, bySupport] {
        let refusal = try await client.refusal(method, parameters)
        #expect(refusal?["needs"] == "session", "\(method)")
      }
      // The same by whoever logged in.
      #expect(try await company.owner.refusal(method, parameters) == nil, "\(method)")
    }
    // What leaves nothing behind is open to both.
    for client in [byToken, bySupport] {
      _ = try await client.call("settings.update", ["reopen_days": 31])
    }
  }

  @Test("A look stands in the audits of the company and of the installation, and so does its end")
  func audited() async throws {
    let company = try await TestInstallation.make().company()
    let support = try await company.installation.operatorClient()
    try await support.call(
      "auth.assume", ["tenant": "mebel", "user": 1, "reason": "Ticket 19", "minutes": 5])
    try await support.call("auth.logout")
    for client in [company.owner, support] {
      let rows = try await client.call("audit.list", ["method": "auth.assume"]).items
      #expect(rows.count == 1)
      #expect(rows.first?["after"]?["reason"] == "Ticket 19")
      #expect(rows.first?["after"]?["user"] == 1)
      #expect(rows.first?["who"]?["kind"] == "operator")
    }
    let ends = try await company.owner.call("audit.list", ["method": "auth.logout"]).items
    #expect(ends.first?["who"]?["kind"] == "operator")
  }

  @Test("A plan without tokens or audit opens neither, and one that has them again opens both")
  func features() async throws {
    let company = try await TestInstallation.make().company()
    let token = try await company.owner.call("token.create", ["name": "All"])
    let byToken = company.installation.client()
    try await byToken.call("auth.token", ["token": token["token"] ?? .null])
    _ = try await byToken.call("settings.get")
    let plan: JSONObject = ["code": "bare", "name": "Bare", "features": ["events"]]
    try await company.operatorClient.call("plan.create", plan)
    let former = try await company.owner.call("settings.get")["plan"] ?? .null
    try await company.operatorClient.call("tenant.set_plan", ["tenant": "mebel", "plan": "bare"])
    for (client, method, parameters) in [
      (company.owner, "token.create", ["name": "More"]), (company.owner, "audit.list", [:]),
      (company.owner, "audit.verify", [:]), (byToken, "settings.get", [:]),
    ] as [(TestClient, String, JSONObject)] {
      #expect(try await client.refusal(method, parameters)?.kind == "plan_limit", "\(method)")
    }
    #expect(try await byToken.refusal("auth.whoami") == nil)
    try await company.operatorClient.call(
      "tenant.set_plan", ["tenant": "mebel", "plan": former])
    _ = try await byToken.call("settings.get")
    _ = try await company.owner.call("audit.list")
  }

  @Test("A token's list of methods holds for the audit too")
  func methodsOfTokens() async throws {
    let company = try await TestInstallation.make().company()
    for (methods, isOpen) in [(["settings.get"], false), (["audit.list"], true)] as [(JSON, Bool)] {
      let token = try await company.owner.call(
        "token.create", ["name": "Some", "methods": methods])
      let client = company.installation.client()
      try await client.call("auth.token", ["token": token["token"] ?? .null])
      #expect((try await client.refusal("audit.list") == nil) == isOpen)
    }
  }
}
