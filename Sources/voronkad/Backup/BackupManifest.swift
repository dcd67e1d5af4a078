internal import Foundation
internal import JSON

/// What a backup holds, so that a restore can tell whether it is whole and whether it fits.
struct BackupManifest: Equatable {
  /// A file beside the manifest.
  struct File: Equatable {
    let name: String
    let bytes: Int64
    /// SHA-256 in hexadecimal digits.
    let checksum: String
  }

  /// The manifest's own name.
  static let fileName = "manifest.json"
  /// The dump, in pg_dump's custom format.
  static let dumpName = "database.dump"
  /// The private cluster's settings, for people to look at: they are about the machine.
  static let settingsName = "postgresql.conf"
  /// The form of backups that this program writes, and the newest that it reads.
  private static let form: Int64 = 1

  /// When it was begun, and so the moment whose state it holds.
  let madeAt: String
  /// The version of the program that made it.
  let program: String
  /// The version of the server it was made of.
  let server: String
  /// The major version of pg_dump; no older pg_restore reads the dump.
  let dumpMajor: Int64
  /// The number and the name of the newest migration.
  let schema: Int64
  let schemaName: String
  /// The epoch of the transaction numbers.
  let epoch: Int64
  let files: [File]
  /// How many rows each table has.
  let tables: [String: Int64]

  /// All rows.
  var rows: Int64 { tables.values.reduce(0, +) }

  /// As it stands in its file.
  var json: JSON {
    [
      "voronka_backup": .integer(Self.form), "made_at": .string(madeAt),
      "program": .string(program), "postgres": .string(server),
      "dump_major": .integer(dumpMajor), "schema": .integer(schema),
      "schema_name": .string(schemaName), "transaction_epoch": .integer(epoch),
      "files": .array(
        files.map {
          ["name": .string($0.name), "bytes": .integer($0.bytes), "sha256": .string($0.checksum)]
        }),
      "tables": .object(
        JSONObject(tables.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
    ]
  }

  /// Reads the manifest of the backup in the folder.
  static func read(in folder: String) throws -> BackupManifest {
    let path = "\(folder)/\(fileName)"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw StartFailure(
        "\(folder) is no whole backup: it has no \(fileName), which is written last")
    }
    guard let json = try? JSONReader().read(text), let form = json["voronka_backup"]?.int64 else {
      throw StartFailure("\(path) is damaged: take another backup")
    }
    guard form <= Self.form else {
      throw StartFailure("\(folder) was made by a newer program: restore it with that one")
    }
    guard let manifest = BackupManifest(json) else {
      throw StartFailure("\(path) is damaged: take another backup")
    }
    return manifest
  }
}

extension BackupManifest {
  /// Nil where something is missing, or where a name leads elsewhere.
  private init?(_ json: JSON) {
    guard let madeAt = json["made_at"]?.string, let program = json["program"]?.string,
      let server = json["postgres"]?.string, let dumpMajor = json["dump_major"]?.int64,
      let schema = json["schema"]?.int64, let schemaName = json["schema_name"]?.string,
      let epoch = json["transaction_epoch"]?.int64, let files = json["files"]?.array,
      let tables = json["tables"]?.object
    else { return nil }
    self.init(
      madeAt: madeAt, program: program, server: server, dumpMajor: dumpMajor, schema: schema,
      schemaName: schemaName, epoch: epoch, files: files.compactMap(File.init),
      tables: Dictionary(
        tables.members.compactMap { member in member.value.int64.map { (member.name, $0) } },
        uniquingKeysWith: { first, _ in first }))
    guard self.files.count == files.count, self.tables.count == tables.count,
      self.files.contains(where: { $0.name == Self.dumpName })
    else { return nil }
  }
}

extension BackupManifest.File {
  fileprivate init?(_ json: JSON) {
    guard let name = json["name"]?.string, !name.contains("/"), !name.hasPrefix("."),
      let bytes = json["bytes"]?.int64, let checksum = json["sha256"]?.string
    else { return nil }
    self.init(name: name, bytes: bytes, checksum: checksum)
  }
}
