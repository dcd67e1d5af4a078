public import LocalPostgres
internal import Logging
internal import Migrations
public import Postgres

/// A fresh database for a suite or a test, migrated, in the throw-away cluster of this process.
///
/// It is a copy of one that was migrated once, made in some hundredths of a second.
public struct TestDatabase: Sendable {
  /// The cluster it lives in.
  public let cluster: TemporaryCluster
  /// Its name.
  public let name: String

  /// As `voronka_app`, the role that serves.
  public var application: ConnectionSettings {
    cluster.settings(for: BootstrapStatements.application, database: name)
  }
  /// As `voronka_owner`, the role that migrates.
  public var owner: ConnectionSettings {
    cluster.settings(for: BootstrapStatements.owner, database: name)
  }
  /// As the superuser, whom no policy binds.
  public var superuser: ConnectionSettings {
    cluster.settings(for: BootstrapStatements.superuser, database: name)
  }

  /// A database with the whole schema and no rows.
  public static func migrated() async throws -> TestDatabase {
    let cluster = try await TemporaryCluster.shared()
    return TestDatabase(
      cluster: cluster, name: try await cluster.createDatabase(from: try await template.value))
  }

  /// A database with the roles and the empty schema, before the first migration.
  public static func empty() async throws -> TestDatabase {
    let cluster = try await TemporaryCluster.shared()
    return TestDatabase(cluster: cluster, name: try await cluster.createDatabase())
  }

  private static let template = Task {
    let database = try await empty()
    let engine = try Engine()
    let connection = try await DedicatedConnection.connect(database.owner, engine: engine)
    var logger = Logger(label: "voronka.test.migrations")
    logger.logLevel = .warning
    _ = try await Migrator(connection: connection, logger: logger).up()
    await connection.close()
    await engine.shutdown()
    return database.name
  }
}
