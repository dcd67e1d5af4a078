internal import Foundation
internal import LocalPostgres
internal import Logging
internal import Migrations
internal import Postgres

/// The installation's database: a private one in the data folder, or an existing one.
struct InstallationDatabase: Sendable {
  /// As the role that serves.
  let application: ConnectionSettings
  /// As the role that migrates; an existing database has its own way to it.
  let owner: ConnectionSettings?
  /// The private server, if there is one and this process started it.
  let local: LocalPostgres?

  /// Starts the private server, or reads the URL.
  static func open(_ options: DataOptions, logger: Logger) async throws -> InstallationDatabase {
    if let url = options.url {
      var settings = try ConnectionSettings(url: url)
      if options.pooler { settings.sessionParameterDelivery = .transactionLocal }
      return InstallationDatabase(application: settings, owner: nil, local: nil)
    }
    try RestoredFolder.requireFinished(try options.folder)
    try options.makeFolder()
    let local = try await LocalPostgres.start(
      LocalPostgresConfiguration(
        folder: try options.folder, environment: ProcessInfo.processInfo.environment),
      logger: logger)
    return InstallationDatabase(
      application: local.settings(for: BootstrapStatements.application),
      owner: local.settings(for: BootstrapStatements.owner), local: local)
  }

  /// As `open`, but where a server runs on the folder its database is joined.
  static func join(_ options: DataOptions, logger: Logger) async throws -> InstallationDatabase {
    guard options.url == nil, let folder = try? options.folder,
      let application = LocalPostgres.runningSettings(
        in: folder, for: BootstrapStatements.application),
      let owner = LocalPostgres.runningSettings(in: folder, for: BootstrapStatements.owner)
    else { return try await open(options, logger: logger) }
    return InstallationDatabase(application: application, owner: owner, local: nil)
  }

  /// Brings a private database to this program's schema, then looks whether all is as it must be.
  func prepare(engine: Engine, logger: Logger) async throws {
    if let owner {
      let connection = try await DedicatedConnection.connect(owner, engine: engine)
      _ = try await Migrator(connection: connection, logger: logger).up()
      await connection.close()
    }
    let connection = try await DedicatedConnection.connect(application, engine: engine)
    let faults = try await SchemaCheck.faults(on: connection)
    await connection.close()
    guard faults.isEmpty else {
      // The owner, or a superuser, is wrong in hundreds of ways; the first few say so.
      let named = faults.prefix(5).map(\.description).joined(separator: "; ")
      let others = faults.count > 5 ? "; and \(faults.count - 5) faults more" : ""
      throw StartFailure("the database is not fit to serve: " + named + others)
    }
  }
}

/// Why the server does not start, in words for the operator.
struct StartFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
