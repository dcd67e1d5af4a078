import Logging
import MigrationFiles
import Migrations
import Postgres
import TestSupport
import Testing

@Suite struct MigratorTests {
  @Test func `From nothing to the whole schema, and a second run does nothing`() async throws {
    let database = try await TestDatabase.empty()
    #expect(try await migrate(database).map(\.number) == Migration.all.map(\.number))
    #expect(try await migrate(database) == [])
    try await database.connected(as: database.owner) { connection in
      let plan = try await Migrator(connection: connection, logger: logger).status()
      #expect(plan.pending.isEmpty)
      #expect(plan.applied.map(\.checksum) == Migration.all.map(\.checksum))
    }
  }

  @Test func `A database without schema gets it, where the owner may create one`() async throws {
    let database = try await TestDatabase.empty()
    try await script("drop schema voronka;", in: database)
    #expect(try await migrate(database, [Self.first]).count == 1)
  }

  @Test func `A changed file is refused and nothing is applied`() async throws {
    let database = try await TestDatabase.empty()
    _ = try await migrate(database, [Self.first])
    let changed = Migration(
      MigrationFile(number: 1, name: "first", content: Array("select 1;".utf8)))
    await #expect(throws: MigrationError.history([.changed(number: 1, name: "first")])) {
      try await migrate(database, [changed, Self.second])
    }
    #expect(try await tables(database) == ["first"])
  }

  @Test func `A history that the program does not know is refused`() async throws {
    let database = try await TestDatabase.empty()
    _ = try await migrate(database, [Self.first, Self.second])
    await #expect(throws: MigrationError.history([.unknown(number: 2, name: "second")])) {
      try await migrate(database, [Self.first])
    }
  }

  @Test func `A file that fails leaves no trace, and those before it stay`() async throws {
    let database = try await TestDatabase.empty()
    let failing = Self.migration(2, "failing", Self.table("half") + "select 1 / 0;")
    let error = await #expect(throws: MigrationError.self) {
      try await migrate(database, [Self.first, failing])
    }
    guard case .failed(2, "failing", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try await tables(database) == ["first"])
    #expect(try await migrate(database, [Self.first, Self.second]).map(\.number) == [2])
  }

  @Test(arguments: [
    "create table bare (tenant_id bigint);",
    "create table bare (tenant_id bigint); alter table bare enable row level security;",
  ])
  func `A table without enabled and forced row-level security is refused`(_ text: String)
    async throws
  {
    let database = try await TestDatabase.empty()
    await #expect(throws: MigrationError.self) {
      try await migrate(database, [Self.migration(1, "bare", text)])
    }
    #expect(try await tables(database) == [])
  }

  @Test func `A file that ends its transaction itself is refused`() async throws {
    let database = try await TestDatabase.empty()
    await #expect(throws: MigrationError.self) {
      try await migrate(database, [Self.migration(1, "leaving", "commit; begin;")])
    }
    #expect(try await migrate(database, [Self.first]).count == 1)
  }

  @Test func `Four migrators at once apply each file once`() async throws {
    let database = try await TestDatabase.empty()
    let applied = try await withThrowingTaskGroup(of: [Int].self) { group in
      for _ in 0..<4 {
        group.addTask { try await migrate(database, [Self.first, Self.second]).map(\.number) }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(applied.sorted() == [1, 2])
  }

  @Test func `A migrator gives up when another works for too long`() async throws {
    let database = try await TestDatabase.empty()
    try await database.connected(as: database.owner) { holder in
      _ = try await holder.executeScript(
        "select pg_advisory_lock(hashtext('voronka.migration'));")
      var configuration = MigratorConfiguration()
      configuration.lockWait = .milliseconds(50)
      configuration.lockPoll = .milliseconds(10)
      await #expect(throws: MigrationError.busy(waited: .milliseconds(50))) {
        try await migrate(database, [Self.first], configuration)
      }
    }
    #expect(try await migrate(database, [Self.first]).count == 1)
  }

  @Test func `A migration that gets no lock tries again until it does`() async throws {
    let database = try await TestDatabase.empty()
    _ = try await migrate(database, [Self.first])
    let altering = Self.migration(2, "altering", "alter table first add column a integer;")
    try await database.connected(as: database.owner) { holder in
      _ = try await holder.executeScript("begin; lock table first in access share mode;")
      var configuration = MigratorConfiguration()
      configuration.lockTimeout = .milliseconds(20)
      configuration.pause = .milliseconds(5)
      configuration.attempts = 2
      await #expect(
        throws: MigrationError.locked(number: 2, name: "altering", attempts: 2)
      ) { try await migrate(database, [Self.first, altering], configuration) }

      configuration.attempts = 10_000
      async let applied = migrate(database, [Self.first, altering], configuration)
      try await failuresToLock(2, in: database)
      _ = try await holder.executeScript("commit;")
      #expect(try await applied.map(\.number) == [2])
    }
  }

  @Test func `A dry run tells what would be applied, tries it, and changes nothing`() async throws {
    let database = try await TestDatabase.empty()
    try await database.connected(as: database.owner) { connection async throws in
      let migrator = Migrator(
        connection: connection, migrations: [Self.first, Self.second], logger: logger)
      #expect(try await migrator.dryRun().map(\.number) == [1, 2])
      #expect(try await migrator.status().pending.count == 2)
      let failing = Migrator(
        connection: connection, migrations: [Self.migration(1, "failing", "select 1 / 0;")],
        logger: logger)
      await #expect(throws: MigrationError.self) { try await failing.dryRun() }
    }
    #expect(try await tables(database) == [])
  }

  // What the tests migrate ----------------------------------------------------------------------

  private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

  private static func migration(_ number: Int, _ name: String, _ text: String) -> Migration {
    Migration(MigrationFile(number: number, name: name, content: Array(text.utf8)))
  }

  private static func table(_ name: String) -> String {
    """
    create table \(name) (tenant_id bigint not null);
    alter table \(name) enable row level security;
    alter table \(name) force row level security;
    """
  }

  private static let first = migration(1, "first", table("first"))
  private static let second = migration(2, "second", table("second"))

  private func migrate(
    _ database: TestDatabase, _ migrations: [Migration] = Migration.all,
    _ configuration: MigratorConfiguration = MigratorConfiguration()
  ) async throws -> [Migration] {
    try await database.connected(as: database.owner) { connection in
      try await Migrator(
        connection: connection, migrations: migrations, configuration: configuration,
        logger: logger
      ).up()
    }
  }

  private func script(_ text: String, in database: TestDatabase) async throws {
    try await database.connected(as: database.superuser) { connection in
      _ = try await connection.executeScript(text)
    }
  }

  private func tables(_ database: TestDatabase) async throws -> [String] {
    try await database.connected(as: database.superuser) { connection in
      try await connection.execute([Self.tableNames()])[0].map { try $0.string(0) }
    }
  }

  /// Waits until a migrator has given up so many times.
  private func failuresToLock(_ count: Int64, in database: TestDatabase) async throws {
    try await database.connected(as: database.superuser) { connection in
      var seen: Int64 = 0
      var before: Int64?
      while seen < count {
        // Each attempt is a transaction of its own number, waiting for the lock.
        let rows = try await connection.execute([Self.waiting()])[0]
        if let row = rows.first, case let now = try row.integer(0), now != before {
          before = now
          seen += 1
        }
      }
    }
  }

  private static let tableNames = Statement(
    """
    select tablename
    from pg_tables
    where schemaname = 'voronka'
      and tablename <> 'migration'
    order by tablename
    """)

  private static let waiting = Statement(
    """
    select transactionid::text::bigint
    from pg_locks holding
    where locktype = 'transactionid'
      and granted
      and pid in (select pid from pg_locks where not granted and relation = 'voronka.first'::regclass)
      and database is null
    """)
}
