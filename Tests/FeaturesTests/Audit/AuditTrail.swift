internal import Features
internal import JSON
internal import Postgres
internal import TestSupport
internal import Testing

/// What tests ask of a company's audit.
extension TestCompany {
  /// The newest rows of the audit, by the method that lists them.
  func audit(_ filters: JSONObject = [:]) async throws -> [JSON] {
    try await owner.call("audit.list", filters).items
  }

  /// Seals all that there is. Transactions of other tests in the same cluster hold sealing back as long as
  /// they go on.
  ///
  /// - Parameter whole: whether rows are sealed that the server did not write itself.
  func sealAudit(by installation: TestInstallation? = nil, whole: Bool = false) async throws {
    let dispatcher = (installation ?? self.installation).dispatcher
    for _ in 0..<5000 {
      if whole { try await dispatcher.sealWholeAudit() } else { try await dispatcher.sealAudit() }
      let rows = try await query(
        Statement(
          """
          select count(*)
          from audit a
          where a.tenant_id = $1::bigint
            and not exists (
              select 1
              from audit_seal s
              where s.tenant_id = a.tenant_id
                and s.epoch = a.epoch
                and s.to_xid > a.xid
            )
          """), .integer(id))
      if try rows[0].integer(0) == 0 { return }
    }
    Issue.record("the audit could not be sealed")
  }

  /// The kinds of what a verification finds, each once.
  func auditFindings(
    _ parameters: JSONObject = [:], of client: TestClient? = nil
  ) async throws -> [String] {
    let result = try await (client ?? owner).call("audit.verify", parameters)
    let kinds = Set((result["findings"]?.array ?? []).compactMap { $0["kind"]?.string })
    #expect(result["ok"]?.bool == kinds.isEmpty)
    return kinds.sorted()
  }
}
