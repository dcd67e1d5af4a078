internal import Features
internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

/// `audit.verify` finds what was done behind the server's back, and nothing else.
@Suite("Verification of the audit")
struct AuditVerificationTests {
  /// A company with some sealed rows.
  private func sealed(keys: AuditKeys = .ofThisProcess) async throws -> TestCompany {
    var configuration = FeaturesConfiguration(
      serverVersion: TestInstallation.serverVersion, passwordCost: .least)
    configuration.auditKeys = keys
    let company = try await TestInstallation.make(configuration: configuration).company()
    for number in 1...4 {
      try await company.owner.call("company.create", ["name": .string("Client \(number)")])
    }
    try await company.sealAudit()
    try await company.owner.call("company.create", ["name": "Client 5"])
    try await company.sealAudit()
    #expect(try await company.auditFindings() == [])
    return company
  }

  private func tamper(_ company: TestCompany, _ script: String) async throws {
    try await company.installation.database.connected(as: company.installation.database.superuser) {
      _ = try await $0.executeScript("set search_path to voronka; " + script)
    }
  }

  @Test("What the server wrote verifies, sealed or not, over many seals")
  func control() async throws {
    let company = try await sealed()
    try await company.owner.call("company.create", ["name": "Client 6"])
    let result = try await company.owner.call("audit.verify")
    #expect(result["ok"] == true)
    #expect(result["unsealed"]?.int64 ?? 0 >= 1)
    #expect(result["seals"]?.int64 ?? 0 >= 2)
    #expect(result["rows"]?.int64 ?? 0 >= 8)
  }

  @Test(
    "A row altered in any column is found, and which one",
    arguments: [
      "at = at + interval '1 second'", "actor = 'operator'", "user_id = 2", "session_id = 99",
      "address = '10.0.0.1'", "request = 'x'", "method = 'company.delete'", "noun = 'deal'",
      "subject = '77'", "before = '{}'", "after = replace(after, 'Client', 'Friend')",
      "after = null", "mac = sha256(mac)", "number = number + 1000000",
      "after = null, after_digest = sha256('x'), erased_at = now(), erasure_mac = mac, erasure_key_id = key_id",
    ])
  func altered(_ change: String) async throws {
    let company = try await sealed()
    let row = "tenant_id = \(company.id) and method = 'company.create' and subject = '3'"
    try await tamper(company, "update audit set \(change) where \(row)")
    let result = try await company.owner.call("audit.verify")
    let finding = try #require(
      result["findings"]?.array?.first { $0["kind"] == "row_altered" }, "\(result)")
    #expect(finding["row"]?["number"]?.int64 != nil && finding["seal"]?.int64 != nil)
    #expect(result["ok"] == false)
  }

  @Test("A row removed once sealed is found, with its range; one that was never sealed is not")
  func removed() async throws {
    let company = try await sealed()
    try await tamper(
      company,
      "delete from audit where tenant_id = \(company.id) and method = 'company.create' and subject = '3'"
    )
    let result = try await company.owner.call("audit.verify")
    let finding = try #require(result["findings"]?.array?.first)
    #expect(finding["kind"] == "rows_removed_or_added")
    #expect((finding["sealed"]?.int64 ?? 0) - (finding["found"]?.int64 ?? 0) == 1)
    #expect(finding["from"]?.string != nil && finding["to"]?.string != nil)
  }

  @Test("A row inserted behind the server's back is found, sealed over or not")
  func inserted() async throws {
    let company = try await sealed()
    try await tamper(
      company,
      """
      insert into audit (tenant_id, at, writer, number, epoch, actor, user_id, request, method, noun,
        subject, after, key_id, mac)
      select tenant_id, at, writer, number + 5000, epoch, actor, user_id, request, method, noun, subject,
        after, key_id, mac
      from audit
      where tenant_id = \(company.id) and method = 'company.create' and subject = '3'
      """)
    #expect(try await company.auditFindings() == ["row_altered"])
    try await company.sealAudit(whole: true)
    #expect(try await company.auditFindings() == ["row_altered"])
  }

  @Test("A row moved into a sealed range is found; one moved behind all is sealed there")
  func moved() async throws {
    let company = try await sealed()
    let row = "tenant_id = \(company.id) and subject = '6' and method = 'company.create'"
    try await company.owner.call("company.create", ["name": "Client 6"])
    let first = "select from_xid from audit_seal where tenant_id = \(company.id) and number = 2"
    try await tamper(company, "update audit set xid = (\(first)) where \(row)")
    #expect(try await company.auditFindings() == ["rows_removed_or_added"])
    try await tamper(company, "update audit set xid = 9000000000000 where \(row)")
    try await company.sealAudit()
    #expect(try await company.auditFindings() == [])
    try await tamper(company, "delete from audit where \(row)")
    #expect(try await company.auditFindings() == ["rows_removed_or_added"])
  }

  @Test("A database restored from a dump begins another epoch, and all verifies")
  func restored() async throws {
    let company = try await sealed()
    // As after a restore: the last rows speak of transactions that are still to come.
    try await company.owner.call("company.create", ["name": "Client 6"])
    try await tamper(
      company,
      "update audit set xid = xid + 1000000000 where tenant_id = \(company.id) and subject = '6'")
    let restarted = try company.installation.anotherServer()
    let admin = try await restarted.login(company.slug, "owner@\(company.slug).example")
    try await admin.call("company.create", ["name": "Client 7"])
    try await company.sealAudit(by: restarted)
    #expect(try await company.auditFindings(of: admin) == [])
    let epochs = try await company.query(
      Statement("select epoch from audit where tenant_id = $1::bigint group by epoch order by 1"),
      .integer(company.id))
    #expect(try epochs.map { try $0.integer(0) } == [0, 1])
  }

  @Test(
    "A seal altered or removed is found",
    arguments: [
      ("update audit_seal set rows = rows + 1 where number = 2", "seal_altered"),
      ("update audit_seal set digest = sha256(digest) where number = 2", "seal_altered"),
      ("update audit_seal set mac = sha256(mac) where number = 2", "seal_altered"),
      (
        "update audit_seal set last_at = last_at + interval '1 day' where number = 2",
        "seal_altered"
      ),
      ("delete from audit_seal where number = 1", "seal_missing"),
      (
        "delete from audit_seal where number = (select max(number) from audit_seal)", "seal_missing"
      ),
      ("delete from audit_seal", "seal_missing"),
    ])
  func seals(_ script: String, _ expected: String) async throws {
    let company = try await sealed()
    try await tamper(company, script)
    #expect(try await company.auditFindings().contains(expected))
    // Sealing goes on; what was lost stays known.
    try await company.owner.call("company.create", ["name": "Client 6"])
    try await company.sealAudit()
    #expect(try await company.auditFindings().contains(expected))
  }

  @Test("The end cut off with its seal is found by who kept the last seal, on any server")
  func cutOff() async throws {
    let company = try await sealed()
    let last = try await company.owner.call("audit.verify")["last_seal"]
    let known: JSONObject = [
      "known_seal": last?["number"] ?? .null, "known_mac": last?["mac"] ?? .null,
    ]
    #expect(try await company.auditFindings(known) == [])
    try await tamper(
      company,
      """
      delete from audit using audit_seal s where s.number = \(last?["number"]?.int64 ?? 0)
        and audit.tenant_id = s.tenant_id and s.tenant_id = \(company.id) and xid >= s.from_xid;
      delete from audit_seal where tenant_id = \(company.id) and number = \(last?["number"]?.int64 ?? 0);
      """)
    #expect(try await company.auditFindings() == ["seal_missing"])
    let other = try company.installation.anotherServer()
    let admin = try await other.login(company.slug, "owner@\(company.slug).example")
    #expect(try await company.auditFindings(known, of: admin).contains("seal_missing"))
  }

  @Test("Another key is used from a restart on; rows of the earlier one verify while it is at hand")
  func rotation() async throws {
    let (first, second) = (AuditKey.random(), AuditKey.random())
    let company = try await sealed(keys: AuditKeys(first))
    let owner = "owner@\(company.slug).example"
    let rotated = try company.installation.anotherServer(
      auditKeys: AuditKeys(second, earlier: [first]))
    let admin = try await rotated.login(company.slug, owner)
    try await admin.call("company.create", ["name": "Client 6"])
    try await company.sealAudit(by: rotated)
    #expect(try await company.auditFindings(of: admin) == [])
    let forgetful = try company.installation.anotherServer(auditKeys: AuditKeys(second))
    let other = try await forgetful.login(company.slug, owner)
    #expect(try await company.auditFindings(of: other) == ["unknown_key"])
    // A key of the same name is no key.
    #expect(first.id != second.id)
  }

  @Test("Two servers that seal at once leave one chain")
  func twoServers() async throws {
    let company = try await sealed()
    let other = try company.installation.anotherServer()
    let admin = try await other.login(company.slug, "owner@\(company.slug).example")
    for number in 6...12 {
      async let one = company.owner.call("company.create", ["name": .string("A \(number)")])
      async let two = admin.call("company.create", ["name": .string("B \(number)")])
      _ = try await (one, two)
      async let here: Void = company.installation.dispatcher.sealAudit()
      async let there: Void = other.dispatcher.sealAudit()
      _ = try await (here, there)
    }
    try await company.sealAudit()
    #expect(try await company.auditFindings() == [])
    #expect(try await company.auditFindings(of: admin) == [])
  }

  @Test("A server that ended before it could seal is made up for by another one")
  func leftBehind() async throws {
    let company = try await sealed()
    try await company.owner.call("company.create", ["name": "Client 6"])
    let other = try company.installation.anotherServer()
    try await company.sealAudit(by: other, whole: true)
    #expect(try await company.owner.call("audit.verify")["unsealed"] == 0)
  }
}
