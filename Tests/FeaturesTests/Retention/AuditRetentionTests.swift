internal import Features
internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

/// The audit's ranges expire whole, and the rest proves whole; what only says that it expired is found.
@Suite("How long the audit is kept")
struct AuditRetentionTests {
  /// Sealed rows of three times, fifty days apart, on a plan that keeps sixty days; the first are due.
  private func scene() async throws -> (RetentionScene, TestClient) {
    let scene = try await RetentionScene.make(["audit_days": 60])
    for number in 1...3 {
      let owner = try await scene.owner()
      try await owner.call("company.create", ["name": .string("Client \(number)")])
      try await scene.company.sealAudit()
      if number < 3 { scene.pass(days: 50) }
    }
    return (scene, try await scene.owner())
  }

  @Test("What is older than the plan keeps goes by whole ranges, and the rest verifies")
  func expiry() async throws {
    let (scene, owner) = try await scene()
    let before = try await owner.call("audit.verify")
    #expect(before["ok"] == true && before["removed_ranges"] == 0)
    #expect(before["removed_until"] == .null)
    try await scene.clearAway()
    let after = try await owner.call("audit.verify")
    #expect(after["ok"] == true, "\(after)")
    #expect(after["removed_ranges"]?.int64 ?? 0 >= 1)
    #expect(after["rows"]?.int64 ?? 0 < before["rows"]?.int64 ?? 0)
    #expect(after["seals"]?.int64 ?? 0 >= before["seals"]?.int64 ?? 0)
    let clients = try await owner.call("audit.list", ["method": "company.create"]).items
    #expect(clients.compactMap { $0["after"]?["name"]?.string } == ["Client 3", "Client 2"])
    // Again: nothing more goes; later the next range does.
    try await scene.clearAway()
    #expect(try await owner.call("audit.verify")["removed_ranges"] == after["removed_ranges"])
    scene.pass(days: 20)
    try await scene.clearAway()
    let later = try await scene.owner()
    let last = try await later.call("audit.list", ["method": "company.create"]).items
    #expect(last.compactMap { $0["after"]?["name"]?.string } == ["Client 3"])
    #expect(try await scene.company.auditFindings(of: later) == [])
    let other = try scene.company.installation.anotherServer()
    let there = try await other.login(
      scene.company.slug, "owner@\(scene.company.slug).example")
    #expect(try await scene.company.auditFindings(of: there) == [])
  }

  @Test("What was never sealed stays, however old it is")
  func unsealed() async throws {
    let scene = try await RetentionScene.make(["audit_days": 1])
    scene.pass(days: 300)
    let rows = Statement("select count(*) from audit where tenant_id = $1::bigint")
    let before = try await scene.count(rows)
    try await scene.clearAway()
    #expect(try await scene.count(rows) == before && before > 0)
    try await scene.company.sealAudit()
    try await scene.clearAway()
    #expect(try await scene.count(rows) == 0)
  }

  @Test(
    "A range taken out by hand is found, also where it is said to have expired",
    arguments: [
      // Nothing said.
      ("", "rows_removed_or_added"),
      // Said by somebody who has no key.
      (
        "update audit_seal set removed_at = last_at + interval '90 days', removal_key_id = key_id, "
          + "removal_mac = sha256(mac) where number = (select max(number) from audit_seal)",
        "removal_forged"
      ),
      // Said with what the server said of another range.
      (
        "update audit_seal s set removed_at = e.removed_at, removal_key_id = e.removal_key_id, "
          + "removal_mac = e.removal_mac from audit_seal e where e.tenant_id = s.tenant_id "
          + "and e.removed_at is not null and s.number = (select max(number) from audit_seal)",
        "removal_forged"
      ),
      // With a key that nobody knows.
      (
        "update audit_seal set removed_at = now(), removal_key_id = 'mine', removal_mac = mac "
          + "where number = (select max(number) from audit_seal)", "unknown_key"
      ),
    ])
  func byHand(_ claim: String, _ expected: String) async throws {
    let (scene, owner) = try await scene()
    try await scene.clearAway()
    #expect(try await scene.company.auditFindings(of: owner) == [])
    let tenant = "tenant_id = \(scene.company.id)"
    try await scene.tamper(
      """
      delete from audit a using audit_seal s
      where a.\(tenant) and s.\(tenant) and a.xid >= s.from_xid and a.xid < s.to_xid
        and s.number = (select max(number) from audit_seal where \(tenant));
      \(claim.replacing("from audit_seal)", with: "from audit_seal where \(tenant))"));
      """)
    #expect(try await scene.company.auditFindings(of: owner) == [expected])
  }

  @Test("The mark of an expired range taken back, altered or lost with its seal is found")
  func marks() async throws {
    for (change, expected) in [
      ("update audit_seal set removed_at = null, removal_mac = null", "rows_removed_or_added"),
      ("update audit_seal set removed_at = removed_at - interval '1 day'", "removal_forged"),
      ("delete from audit_seal", "seal_missing"),
    ] {
      let (scene, owner) = try await scene()
      try await scene.clearAway()
      try await scene.tamper(
        "\(change) where tenant_id = \(scene.company.id) and number = 1")
      let found = try await scene.company.auditFindings(of: owner)
      #expect(found.contains(expected), "\(change): \(found)")
    }
  }

  @Test("The application's role takes out nothing that the plan keeps, whatever moment it names")
  func function() async throws {
    let (scene, owner) = try await scene()
    let database = scene.company.installation.database
    let rows = Statement("select count(*) from audit where tenant_id = $1::bigint")
    func call(_ seal: String, at moment: String) async throws -> Int64 {
      try await database.connected(as: database.application) {
        let results = try await $0.executeScript(
          """
          select set_config('voronka.tenant_id', '\(scene.company.id)', true),
            set_config('voronka.everything', 'on', true);
          select voronka.remove_audit(\(scene.company.id), \(seal), '\(moment)', 'k', 'x');
          """)
        return try results[1][0].integer(0)
      }
    }
    let before = try await scene.count(rows)
    let last = "(select max(number) from voronka.audit_seal)"
    #expect(try await call(last, at: scene.company.installation.clock.now.description) == 0)
    // Named a day to come, the database's own clock holds: this range is of today there.
    try await scene.tamper(
      "update audit_seal set last_at = now() where tenant_id = \(scene.company.id) and number = \(last)"
    )
    #expect(try await call(last, at: "2999-01-01T00:00:00Z") == 0)
    #expect(try await scene.count(rows) == before)
    // Control: what is due goes, and without the key it is found out.
    #expect(try await call("1", at: "2999-01-01T00:00:00Z") > 0)
    #expect(try await scene.company.auditFindings(of: owner).contains("unknown_key"))
    // On a plan that keeps all nothing goes.
    try await scene.company.operatorClient.call(
      "plan.update",
      ["code": .string(scene.company.slug), "retention": ["audit_days": .null]])
    #expect(try await call("2", at: "2999-01-01T00:00:00Z") == 0)
  }
}
