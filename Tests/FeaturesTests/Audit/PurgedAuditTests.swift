internal import JSON
internal import Postgres
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("The audit of companies that are gone")
struct PurgedAuditTests {
  @Test("The seals of a purged company are no alarm; those removed from one that is there are")
  func purged() async throws {
    for (isPurged, isMissed) in [(true, false), (false, true)] {
      let company = try await TestInstallation.make().company()
      let ledger = company.installation.dispatcher.services.audit
      try await company.owner.call("company.create", ["name": "Client"])
      try await company.sealAudit()
      #expect(ledger.head(of: company.id) != nil)
      if isPurged {
        try await company.operatorClient.call(
          "tenant.delete", ["tenant": "mebel", "grace_days": 0])
      } else {
        try await company.installation.database.connected(
          as: company.installation.database.superuser
        ) {
          _ = try await $0.executeScript("set search_path to voronka; delete from audit_seal")
        }
      }
      ledger.touch(company.id)
      try await company.installation.dispatcher.sealAudit()
      #expect((ledger.lostSeal(of: company.id) != nil) == isMissed)
    }
  }
}
