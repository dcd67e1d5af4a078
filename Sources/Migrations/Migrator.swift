public import Logging
public import Postgres

/// Brings a database to the schema this program carries, as the role that owns it.
///
/// Each migration is one transaction together with its row of the history, so it is applied whole or
/// not at all. One migrator works at a time; a second waits and then finds nothing left to do.
public struct Migrator: Sendable {
  private let connection: DedicatedConnection
  private let migrations: [Migration]
  private let configuration: MigratorConfiguration
  private let logger: Logger

  /// A migrator on a connection of its own, not through a pooler in transaction mode: the session
  /// holds the lock.
  public init(
    connection: DedicatedConnection, migrations: [Migration] = Migration.all,
    configuration: MigratorConfiguration = MigratorConfiguration(), logger: Logger
  ) {
    self.connection = connection
    self.migrations = migrations
    self.configuration = configuration
    self.logger = logger
  }

  /// What is applied and what is pending; changes nothing.
  ///
  /// - Throws: `MigrationError.history` where the database's history is not a beginning of the
  ///   migrations; `PostgresError` where the database can't be asked.
  public func status() async throws -> MigrationPlan {
    try MigrationPlan(migrations: migrations, history: try await history())
  }

  /// Applies what is pending.
  ///
  /// - Returns: what it applied.
  public func up() async throws -> [Migration] {
    try await alone {
      let pending = try await status().pending
      for migration in pending {
        try await apply([migration], ending: MigrationStatements.commit)
        logger.info(
          "applied a migration",
          metadata: ["number": "\(migration.number)", "name": "\(migration.name)"])
      }
      return pending
    }
  }

  /// Applies what is pending in one transaction and takes all of it back: shows whether it would
  /// work on the data there are.
  ///
  /// - Returns: what would be applied.
  public func dryRun() async throws -> [Migration] {
    try await alone {
      let pending = try await status().pending
      try await apply(pending, ending: MigrationStatements.rollback)
      return pending
    }
  }

  private func history() async throws -> [AppliedMigration] {
    let exists = try await connection.execute([MigrationStatements.historyExists()])[0][0].bool(0)
    guard exists else { return [] }
    return try await connection.execute([MigrationStatements.history()])[0].map(
      AppliedMigration.init)
  }

  /// Holds the migrators' lock around the work.
  private func alone<Result>(_ work: () async throws -> Result) async throws -> Result {
    let deadline = ContinuousClock.now + configuration.lockWait
    while try await !connection.execute([MigrationStatements.tryLock()])[0][0].bool(0) {
      guard ContinuousClock.now < deadline else {
        throw MigrationError.busy(waited: configuration.lockWait)
      }
      try await Task.sleep(for: configuration.lockPoll)
    }
    let result: Result
    do {
      result = try await work()
    } catch {
      // Where this fails too, the session has ended and its lock with it.
      _ = try? await connection.execute([MigrationStatements.unlock()])
      throw error
    }
    _ = try await connection.execute([MigrationStatements.unlock()])
    return result
  }

  /// Runs migrations in one transaction, again while locks are not to be had.
  private func apply(_ migrations: [Migration], ending: String) async throws {
    for attempt in 1... {
      do {
        try await attemptToApply(migrations, ending: ending)
        return
      } catch let failure as Failure where failure.isPassing {
        guard attempt < configuration.attempts else {
          throw MigrationError.locked(
            number: failure.migration.number, name: failure.migration.name, attempts: attempt)
        }
        logger.notice(
          "a migration waits for locks; trying again",
          metadata: ["number": "\(failure.migration.number)", "attempt": "\(attempt)"])
        try await Task.sleep(for: configuration.pause)
      } catch let failure as Failure {
        throw MigrationError.failed(
          number: failure.migration.number, name: failure.migration.name,
          reason: failure.cause.message)
      }
    }
  }

  private func attemptToApply(_ migrations: [Migration], ending: String) async throws {
    do {
      try await script(MigrationStatements.begin(lockTimeout: configuration.lockTimeout))
      try await script(MigrationStatements.historyTable)
      for migration in migrations { try await carryOut(migration) }
      try await script(ending)
    } catch {
      try? await script(MigrationStatements.rollback)
      throw error
    }
  }

  /// One migration and its row of the history. A function of its own: within the loop above the
  /// optimiser of Swift 6.3 crashes on it.
  private func carryOut(_ migration: Migration) async throws(Failure) {
    do {
      try await script(migration.text)
      try await script(MigrationStatements.check)
      try await script(MigrationStatements.record(migration))
    } catch {
      throw Failure(migration: migration, cause: error)
    }
  }

  private func script(_ text: String) async throws(PostgresError) {
    _ = try await connection.executeScript(text)
  }

  /// A migration that PostgreSQL refused.
  private struct Failure: Error {
    let migration: Migration
    let cause: PostgresError

    /// Whether the same may work a moment later.
    var isPassing: Bool {
      cause.kind == .server(.lockNotAvailable) || cause.kind == .server(.deadlockDetected)
    }
  }
}
