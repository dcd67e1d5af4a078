internal import Foundation
internal import LocalPostgres
internal import Logging
internal import Postgres

/// The installation that is backed up: its database, as somebody from whom no policy hides a row, and
/// its data folder.
struct BackupSource {
  /// The way to the database.
  let settings: ConnectionSettings
  /// The data folder, where there is one.
  let folder: String?
  /// The private server, where this process had to start it.
  private let local: LocalPostgres?

  /// Joins the server that runs on the folder, or starts PostgreSQL for the time of the backup.
  static func open(_ options: DataOptions, logger: Logger) async throws -> BackupSource {
    let folder = options.data == nil ? nil : try options.folder
    if let url = options.url {
      return BackupSource(settings: try ConnectionSettings(url: url), folder: folder, local: nil)
    }
    let path = try options.folder
    guard FileManager.default.fileExists(atPath: path + "/postgres") else {
      throw StartFailure(
        "there is no installation in \(path): name the data folder that the server runs on")
    }
    let superuser = BootstrapStatements.superuser
    if let running = LocalPostgres.runningSettings(in: path, for: superuser) {
      return BackupSource(settings: running, folder: path, local: nil)
    }
    let local = try await LocalPostgres.start(
      LocalPostgresConfiguration(
        folder: path, environment: ProcessInfo.processInfo.environment), logger: logger)
    return BackupSource(settings: local.settings(for: superuser), folder: path, local: local)
  }

  /// Stops what was started for the backup.
  func close() async {
    await local?.stop()
  }

  /// A session that sees every row, or the reason why there is none.
  func connect(_ engine: Engine) async throws -> DedicatedConnection {
    var settings = settings
    settings.applicationName = "voronkad backup"
    settings.statementTimeout = nil
    let connection: DedicatedConnection
    do {
      connection = try await DedicatedConnection.connect(settings, engine: engine)
    } catch {
      guard error.message.contains("Peer authentication failed") else { throw error }
      throw StartFailure(
        "the private PostgreSQL lets in the user who runs the server: run this as that user")
    }
    let row = try await connection.execute([BackupStatements.sight()])[0][0]
    guard try row.bool(0) else {
      throw StartFailure(
        "row-level security hides rows from \(try row.string(1)), and a backup without them would "
          + "be none: name a superuser, or a role with BYPASSRLS, in the database's URL")
    }
    return connection
  }
}
