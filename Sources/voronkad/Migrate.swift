internal import ArgumentParser
internal import LocalPostgres
internal import Logging
internal import Migrations
internal import Postgres

/// `voronkad migrate`: brings a database to this program's schema.
struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show or bring up to date the schema of a database.",
    discussion: """
      A private database migrates when the server starts. For an existing one the URL's role must be \
      the owner, voronka_owner, and the URL must lead to PostgreSQL itself, not to a pooler. Who makes \
      the roles and the database: see deploy/database.sql.
      """)

  /// What is to be done.
  enum Action: String, ExpressibleByArgument, CaseIterable {
    /// Tell what is applied and what is pending.
    case status
    /// Apply what is pending.
    case up
    /// Apply what is pending and take it back.
    case dryRun = "dry-run"
  }

  @Argument(help: "status, up or dry-run.")
  var action: Action

  @OptionGroup var dataOptions: DataOptions

  func validate() throws {
    guard !dataOptions.pooler else {
      throw ValidationError(
        "Migrations hold a lock in their session: name PostgreSQL itself, not a pooler.")
    }
  }

  func run() async throws {
    let logger = dataOptions.logger()
    do {
      let engine = try Engine()
      let database = try await InstallationDatabase.join(dataOptions, logger: logger)
      do {
        try await perform(
          Migrator(
            connection: try await DedicatedConnection.connect(
              database.owner ?? database.application, engine: engine), logger: logger))
      } catch {
        await database.local?.stop()
        throw error
      }
      await database.local?.stop()
    } catch {
      logger.critical("not migrated", metadata: ["error": "\(error)"])
      throw ExitCode.failure
    }
  }

  private func perform(_ migrator: Migrator) async throws {
    switch action {
    case .status:
      let plan = try await migrator.status()
      for migration in plan.applied {
        print("applied  \(migration.number)  \(migration.name)  \(migration.appliedAt)")
      }
      for migration in plan.pending { print("pending  \(migration.number)  \(migration.name)") }
    case .up:
      let applied = try await migrator.up()
      for migration in applied { print("applied  \(migration.number)  \(migration.name)") }
      if applied.isEmpty { print("nothing to do") }
    case .dryRun:
      let tried = try await migrator.dryRun()
      for migration in tried { print("would apply  \(migration.number)  \(migration.name)") }
      if tried.isEmpty { print("nothing to do") }
    }
  }
}
