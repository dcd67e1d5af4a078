internal import ArgumentParser
internal import Features
internal import Foundation
internal import Glibc
internal import LocalPostgres
internal import Logging
internal import Postgres

/// `voronkad backup`: a whole installation in a folder, while it serves.
struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Back up a whole installation while it serves.",
    discussion: """
      Writes a folder, for its owner alone, with a dump of the database at one moment (pg_dump), the \
      secrets of the data folder and a manifest with checksums. Until it is whole it has another name, \
      ending in .partial. An existing PostgreSQL is backed up as a superuser or a role with BYPASSRLS; \
      a private one as the user who runs the server. `voronkad restore` makes a data folder of it.
      """)

  @OptionGroup var dataOptions: DataOptions

  @Option(help: "The folder to be made; nothing that is there is overwritten.")
  var to: String

  func validate() throws {
    guard !dataOptions.pooler else {
      throw ValidationError("A backup needs PostgreSQL itself: name it, not a pooler.")
    }
  }

  func run() async throws {
    let logger = dataOptions.logger()
    do {
      let draft = try BackupDraft(target: URL(fileURLWithPath: to).standardizedFileURL.path)
      do {
        let engine = try Engine()
        let source = try await BackupSource.open(dataOptions, logger: logger)
        do {
          let manifest = try await write(source, to: draft, engine: engine)
          await source.close()
          try draft.publish(manifest)
          print(Self.summary(manifest, of: draft.target))
        } catch {
          await source.close()
          throw error
        }
      } catch {
        draft.discard()
        throw error
      }
    } catch {
      logger.critical("no backup was made", metadata: ["error": "\(error)"])
      throw ExitCode.failure
    }
  }

  /// Counts and dumps at one and the same moment, then copies the secrets.
  private func write(
    _ source: BackupSource, to draft: BackupDraft, engine: Engine
  ) async throws -> BackupManifest {
    let progress = Progress()
    let connection = try await source.connect(engine)
    let madeAt = "\(WallClock.system.now)"
    _ = try await connection.executeScript(BackupStatements.begin)
    let moment = try await connection.execute([BackupStatements.moment()])[0][0]
    let schema = try await connection.execute([BackupStatements.schema()])[0]
    guard let schema = schema.first else {
      throw StartFailure("the database has no schema yet: there is nothing to back up")
    }
    progress.step("counting the rows")
    let tables = try await connection.countRows()
    progress.step("dumping \(tables.count) tables")
    try await dump(source, snapshot: try moment.string(0), to: draft, progress)
    _ = try await connection.executeScript(BackupStatements.end)
    await connection.close()

    var names = [BackupManifest.dumpName]
    if let folder = source.folder { names += try copyFiles(of: folder, to: draft) }
    progress.step("computing checksums")
    return BackupManifest(
      madeAt: madeAt, program: BuildVersion.text, server: try moment.string(2),
      dumpMajor: Int64(try await LocalPostgres.programVersion().major),
      schema: try schema.integer(0), schemaName: try schema.string(1),
      epoch: try moment.integer(1),
      files: try names.map { try FileCopy.describe($0, in: draft.path) }, tables: tables)
  }

  private func dump(
    _ source: BackupSource, snapshot: String, to draft: BackupDraft, _ progress: Progress
  ) async throws {
    let path = "\(draft.path)/\(BackupManifest.dumpName)"
    let descriptor = try FileCopy.create(path)
    defer { close(descriptor) }
    // Never with --enable-row-security: what the policies hide would be missing, and nobody told.
    let arguments = [
      "--format=custom", "--snapshot=\(snapshot)", "--lock-wait-timeout=60s", "--no-password",
      "--no-publications", "--no-subscriptions",
    ]
    try await progress.following(path) {
      try await LocalPostgres.run(
        "pg_dump", arguments, connectingTo: source.settings, outputDescriptor: descriptor)
    }
    guard fsync(descriptor) == 0 else { throw FileCopy.failure(path, "can't be written") }
  }

  /// - Returns: the names of the copies.
  private func copyFiles(of folder: String, to draft: BackupDraft) throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    var names = try FileCopy.secrets(in: folder)
    for name in names { try FileCopy.copy(name, from: folder, to: draft.path) }
    let cluster = folder + "/postgres/data"
    if FileManager.default.isReadableFile(atPath: "\(cluster)/\(BackupManifest.settingsName)") {
      try FileCopy.copy(BackupManifest.settingsName, from: cluster, to: draft.path)
      names.append(BackupManifest.settingsName)
    }
    return names
  }

  private static func summary(_ manifest: BackupManifest, of folder: String) -> String {
    let bytes = manifest.files.reduce(0) { $0 + $1.bytes }
    return "\(folder): \(manifest.rows) rows of \(manifest.tables.count) tables, "
      + "\(Progress.size(bytes)), as of \(manifest.madeAt)"
  }
}
