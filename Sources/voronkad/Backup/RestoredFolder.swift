internal import Foundation
internal import Glibc
internal import LocalPostgres

/// A data folder that a backup is being restored into: its database grows in a folder of its own and
/// takes its place in one step, when it is whole.
struct RestoredFolder {
  /// The data folder.
  let path: String
  /// Where the database grows.
  var draft: String { Self.draft(in: path) }

  private static func draft(in folder: String) -> String { folder + "/restoring" }
  private static func cluster(in folder: String) -> String { folder + "/postgres" }

  /// Refuses a folder in which a restore was cut off: it would be served as an empty installation.
  static func requireFinished(_ folder: String) throws {
    guard isCutOff(folder) else { return }
    throw StartFailure(
      "a restore into \(folder) did not come to its end: run `voronkad restore` again, or name "
        + "another data folder")
  }

  private static func isCutOff(_ folder: String) -> Bool {
    access(cluster(in: draft(in: folder)), F_OK) == 0 && access(cluster(in: folder), F_OK) != 0
  }

  /// Takes a folder that is missing or empty, or one in which an earlier restore was cut off.
  static func prepare(_ path: String) async throws -> RestoredFolder {
    let folder = RestoredFolder(path: path)
    let files = FileManager.default
    if !files.fileExists(atPath: path) {
      // Others may pass through, as PostgreSQL's user must, and see nothing.
      try files.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
    } else if isCutOff(path) {
      try await LocalPostgres.remove(folder.draft)
      for name in try FileCopy.secrets(in: path) { unlink("\(path)/\(name)") }
    }
    let others = try files.contentsOfDirectory(atPath: path).filter { $0 != "lost+found" }
    guard others.isEmpty else {
      throw StartFailure(
        "\(path) is not empty (\(others.sorted().prefix(3).joined(separator: ", "))) and nothing is "
          + "overwritten: name an empty or a new folder")
    }
    guard mkdir(folder.draft, 0o711) == 0, chmod(folder.draft, 0o711) == 0 else {
      throw FileCopy.failure(folder.draft, "can't be made")
    }
    return folder
  }

  /// The database is whole and at rest: it takes its place, after the secrets.
  func publish(secrets names: [String], from backup: String) throws {
    for name in names { try FileCopy.copy(name, from: backup, to: path) }
    try FileCopy.keep(path)
    guard rename(Self.cluster(in: draft), Self.cluster(in: path)) == 0 else {
      throw FileCopy.failure(Self.cluster(in: path), "can't be made")
    }
    try FileCopy.keep(path)
    try? FileManager.default.removeItem(atPath: draft)
  }

  /// Nothing came of it: the folder is as empty as it was.
  func discard() {
    try? FileManager.default.removeItem(atPath: draft)
  }
}
