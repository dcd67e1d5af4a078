internal import Logging
internal import Postgres
internal import TestSupport
internal import Testing

/// Attack 9: a connection that served one company serves another, after whatever happened to it.
@Suite("Attacks by a pooled connection that is used again", .timeLimit(.minutes(5)))
struct PoolReuseTests {
  /// How a company's transaction ends.
  enum End: CaseIterable {
    case commit, error, failedCommit, timeOut, cancelled, killed, callerGone
  }

  private static let context = Statement(
    """
    select set_config('voronka.tenant_id', $1::text, true),
      set_config('voronka.user_id', '1', true),
      set_config('voronka.everything', 'on', true)
    """)
  private static let seen = Statement(
    "select count(*), count(distinct tenant_id), min(tenant_id) from card")
  private static let settings = Statement(
    """
    select coalesce(current_setting('voronka.tenant_id', true), '')
      || coalesce(current_setting('voronka.everything', true), '')
      || coalesce(current_setting('voronka.user_id', true), ''), pg_backend_pid()
    """)
  private static let sleep = Statement("select pg_sleep(60)")
  private static let impatience = Statement("select set_config('statement_timeout', '50', true)")

  @Test(
    "What follows on the connection sees nothing without a context, and with one its own company's",
    arguments: End.allCases)
  func reuse(_ end: End) async throws {
    let scene = try await IsolationScene.make()
    let database = scene.company.installation.database
    let pool = Pool(
      engine: try TestDatabase.engine(), settings: database.application,
      configuration: .init(connections: 1, inFlightPerConnection: 1),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let theirs = Self.context(.text("\(scene.otherCompany.id)"))
    for _ in 0..<3 {
      // Control: the company before sees its own.
      let before = try await pool.transaction([theirs, Self.seen(), Self.settings()])
      #expect(try before[1][0].integer(0) > 0)
      let backend = try before[2][0].integer(1)
      try await finish(pool, end, theirs, backend, scene)
      let after = try await pool.transaction([Self.seen(), Self.settings()])
      #expect(try after[0][0].integer(0) == 0)
      #expect(try after[1][0].string(0) == "")
      let isSame = try after[1][0].integer(1) == backend
      #expect(isSame == (end != .killed))
      let ours = try await pool.transaction([
        Self.context(.text("\(scene.company.id)")), Self.seen(),
      ])
      #expect(try ours[1][0].integer(0) > 0)
      #expect(try ours[1][0].integer(1) == 1)
      #expect(try ours[1][0].integer(2) == scene.company.id)
    }
    await pool.close()
  }

  private func finish(
    _ pool: Pool, _ end: End, _ context: BoundStatement, _ backend: Int64, _ scene: IsolationScene
  ) async throws {
    switch end {
    case .commit: return
    case .error:
      await #expect(throws: PostgresError.self) {
        try await pool.transaction([context, Statement("select 1 / 0")()])
      }
    case .failedCommit:
      // Written, and refused by a key at the end: all of it is rolled back.
      await #expect(throws: PostgresError.self) {
        try await pool.transaction([
          context,
          Statement(
            "insert into note (tenant_id, id, card_id, text, created_at) values ($1::bigint, 1, -1, 'x', now())"
          )(.integer(scene.otherCompany.id)),
        ])
      }
    case .timeOut:
      await #expect(throws: PostgresError.self) {
        try await pool.transaction([context, Self.impatience(), Self.sleep()])
      }
    case .cancelled, .killed:
      let sleeping = Task { try await pool.transaction([context, Self.sleep()]) }
      try await interrupt(
        end == .cancelled ? "pg_cancel_backend" : "pg_terminate_backend", backend, scene)
      #expect(await (sleeping.result.isFailure))
    case .callerGone:
      let sleeping = Task {
        try await pool.transaction([context, Self.sleep()])
      }
      try await asleep(backend, scene)
      sleeping.cancel()
      try await interrupt("pg_cancel_backend", backend, scene)
      #expect(await (sleeping.result.isFailure))
    }
  }

  private func interrupt(
    _ function: String, _ backend: Int64, _ scene: IsolationScene
  ) async throws {
    try await asleep(backend, scene)
    let database = scene.company.installation.database
    try await database.connected(as: database.superuser) {
      _ = try await $0.executeScript("select \(function)(\(backend))")
    }
  }

  /// Returns when the backend is in its long statement.
  private func asleep(_ backend: Int64, _ scene: IsolationScene) async throws {
    let database = scene.company.installation.database
    try await database.connected(as: database.superuser) { connection in
      while true {
        let rows = try await connection.executeScript(
          "select count(*) from pg_stat_activity where pid = \(backend) and wait_event = 'PgSleep'")
        if try rows[0][0].integer(0) == 1 { return }
        try await Task.sleep(for: .milliseconds(1))
      }
    }
  }
}

extension Result {
  fileprivate var isFailure: Bool {
    if case .failure = self { true } else { false }
  }
}
