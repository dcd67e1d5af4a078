internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Log-ins beside a change of the account", .timeLimit(.minutes(2)))
struct LoginRaceTests {
  @Test(
    "A log-in with a password that is being changed, of somebody who is being shut out, is refused",
    arguments: [
      "update voronka.user_account set password_hash = 'another' where id = 1",
      "update voronka.user_account set state = 'inactive' where id = 1",
    ])
  func beside(_ change: String) async throws {
    let company = try await TestInstallation.make().company()
    let before = try await sessions(of: company)
    let refusal = try await held(change, end: "commit", company)
    #expect(refusal?.kind == "unauthenticated")
    #expect(try await sessions(of: company) == before)
  }

  @Test("Control: a change that is taken back lets the log-in through")
  func control() async throws {
    let company = try await TestInstallation.make().company()
    let before = try await sessions(of: company)
    let change = "update voronka.user_account set password_hash = 'another' where id = 1"
    #expect(try await held(change, end: "rollback", company) == nil)
    #expect(try await sessions(of: company) == before + 1)
  }

  private func sessions(of company: TestCompany) async throws -> Int64 {
    try await company.query(Statement("select count(*) from session"))[0].integer(0)
  }

  /// Logs in while the change stands open, which ends once the log-in waits for it.
  private func held(
    _ change: String, end: String, _ company: TestCompany
  ) async throws -> RPCError? {
    let database = company.installation.database
    return try await database.connected(as: database.superuser) { holder in
      _ = try await holder.executeScript("begin")
      _ = try await holder.executeScript(change)
      async let refusal = company.installation.client().refusal(
        "auth.login",
        [
          "tenant": "mebel", "email": "owner@mebel.example",
          "password": .string(TestCompany.password),
        ])
      while try await company.query(Self.waiting)[0].integer(0) == 0 {
        try await Task.sleep(for: .milliseconds(2))
      }
      _ = try await holder.executeScript(end)
      return try await refusal
    }
  }

  private static let waiting = Statement(
    """
    select count(*)
    from pg_stat_activity
    where datname = current_database()
      and wait_event_type = 'Lock'
    """)
}
