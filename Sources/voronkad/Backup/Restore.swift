internal import ArgumentParser
internal import Foundation
internal import LocalPostgres
internal import Logging
internal import Migrations
internal import Postgres

/// `voronkad restore`: a backup becomes a data folder that can be served.
struct Restore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a data folder of a backup.",
    discussion: """
      Looks at every checksum first, makes a private PostgreSQL in the new folder, restores, counts all \
      rows, brings the schema up to this program's and checks it. The folder can be served once this has \
      ended with status 0, and not before; the backup stays as it is.
      """)

  @Option(help: "The folder that `voronkad backup` made.")
  var from: String

  @Option(help: "The data folder to be made; one that is there must be empty.")
  var data: String

  @Option(help: "What is logged: trace, debug, info, notice, warning, error or critical.")
  var logLevel = Logger.Level.info

  func run() async throws {
    var logger = Logger(label: "voronkad", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = logLevel
    do {
      let backup = URL(fileURLWithPath: from).standardizedFileURL.path
      let manifest = try await checked(backup)
      let folder = try await RestoredFolder.prepare(
        URL(fileURLWithPath: data).standardizedFileURL.path)
      do {
        try await restore(manifest, from: backup, to: folder, logger: logger)
      } catch {
        folder.discard()
        throw error
      }
      print(
        "\(folder.path): \(manifest.rows) rows of \(manifest.tables.count) tables, as of "
          + manifest.madeAt)
      if !manifest.files.contains(where: { $0.name == "operator.token" }) {
        print(
          "The backup holds no operator's token. Make one: "
            + "voronkad operator-token --new --data \(folder.path)")
      }
    } catch {
      logger.critical("nothing was restored", metadata: ["error": "\(error)"])
      throw ExitCode.failure
    }
  }

  /// The manifest of a backup that is whole and that this program can restore.
  private func checked(_ backup: String) async throws -> BackupManifest {
    let manifest = try BackupManifest.read(in: backup)
    guard manifest.schema <= Int64(Migration.all.count) else {
      throw StartFailure(
        "the backup is of a newer program, with migration \(manifest.schema) "
          + "(\(manifest.schemaName)): restore it with that one")
    }
    let version = try await LocalPostgres.programVersion()
    guard manifest.dumpMajor <= Int64(version.major) else {
      throw StartFailure(
        "the dump was made by PostgreSQL \(manifest.dumpMajor) and this machine has \(version): "
          + "install postgresql-\(manifest.dumpMajor)")
    }
    Progress().step("checking \(manifest.files.count) files")
    for file in manifest.files {
      guard try FileCopy.describe(file.name, in: backup) == file else {
        throw StartFailure(
          "\(backup)/\(file.name) is damaged or cut off: its checksum is not the manifest's")
      }
    }
    return manifest
  }

  private func restore(
    _ manifest: BackupManifest, from backup: String, to folder: RestoredFolder, logger: Logger
  ) async throws {
    let configuration = LocalPostgresConfiguration(
      folder: folder.draft, environment: ProcessInfo.processInfo.environment)
    let local = try await LocalPostgres.start(configuration, logger: logger)
    do {
      try await fill(local, manifest, from: backup, logger: logger)
    } catch {
      await local.stop()
      throw error
    }
    await local.stop()
    // What the rows tell of transaction numbers must lie in the past of the new cluster as well.
    try await LocalPostgres.advance(configuration, toEpoch: manifest.epoch + 1)
    let secrets = manifest.files.map(\.name).filter {
      $0.hasSuffix(".token") || $0.hasSuffix(".key")
    }
    try folder.publish(secrets: secrets, from: backup)
  }

  private func fill(
    _ local: LocalPostgres, _ manifest: BackupManifest, from backup: String, logger: Logger
  ) async throws {
    let progress = Progress()
    progress.step("restoring \(manifest.rows) rows of \(manifest.tables.count) tables")
    var superuser = local.settings(for: BootstrapStatements.superuser)
    superuser.statementTimeout = nil
    let jobs = min(4, ProcessInfo.processInfo.activeProcessorCount)
    try await LocalPostgres.run(
      "pg_restore",
      [
        "--clean", "--if-exists", "--exit-on-error", "--no-password", "--jobs=\(jobs)",
        "--dbname=\(BootstrapStatements.database)", "\(backup)/\(BackupManifest.dumpName)",
      ], connectingTo: superuser)
    progress.step("counting the rows")
    let engine = try Engine()
    let connection = try await DedicatedConnection.connect(superuser, engine: engine)
    let tables = try await connection.countRows()
    for (table, rows) in manifest.tables.sorted(by: { $0.key < $1.key })
    where tables[table] != rows {
      throw StartFailure(
        "\(table) has \(tables[table] ?? 0) rows and should have \(rows): the backup is not whole")
    }
    _ = try await connection.executeScript(BackupStatements.analyze)
    await connection.close()
    progress.step("checking the schema")
    try await InstallationDatabase(
      application: local.settings(for: BootstrapStatements.application),
      owner: local.settings(for: BootstrapStatements.owner), local: local
    ).prepare(engine: engine, logger: logger)
  }
}
