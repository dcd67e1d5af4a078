internal import Foundation
internal import Glibc
internal import Logging

/// The folders of throw-away clusters.
///
/// They do not follow TMPDIR: it is often a folder that only its owner may enter, and the cluster's
/// user may be another.
enum TemporaryFolders {
  private static let prefix = "voronka-test-"
  private static let parents = ["/tmp", "/var/tmp"]

  /// A new folder that the cluster's user can reach.
  static func make() async throws -> String {
    let named = ProcessInfo.processInfo.environment["VORONKA_TEST_FOLDER"]
    let parent =
      try (named.map { [$0] } ?? parents).first { access($0, W_OK | X_OK) == 0 }
      ?? {
        throw LocalPostgresError(
          .folder, "none of \(parents) can be written; set VORONKA_TEST_FOLDER")
      }()
    return "\(parent)/\(prefix)\(getpid())-\(UInt32.random(in: .min ... .max))"
  }

  /// Removes what killed test processes left: their lock is free.
  static func removeAbandoned() async {
    for parent in parents {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
      for name in names where name.hasPrefix(prefix) {
        await removeIfAbandoned("\(parent)/\(name)")
      }
    }
  }

  private static func removeIfAbandoned(_ folder: String) async {
    var status = stat()
    // The process id is written under the lock: an empty file may be about to be locked.
    guard lstat(folder, &status) == 0, status.st_uid == geteuid(),
      lstat("\(folder)/postgres.lock", &status) == 0, status.st_size > 0,
      let lock = try? FolderLock(path: "\(folder)/postgres.lock")
    else { return }
    let remnants = Remnants(
      data: "\(folder)/postgres/data", logger: Logger(label: "voronka.test.postgres"))
    try? await remnants.clear(within: .seconds(10))
    try? FileManager.default.removeItem(atPath: folder)
    lock.release()
  }
}
