internal import Foundation
internal import Glibc
internal import JSON

/// A backup that is being written: under another name until it is whole.
final class BackupDraft {
  /// Where it will stand.
  let target: String
  /// Where it stands until then.
  let path: String
  /// Holds the lock by which two backups to one place are told apart; goes with the process.
  private let lock: Int32

  /// Makes the folder, or takes over one that was cut off.
  init(target: String) throws {
    self.target = target
    path = target + ".partial"
    guard access(target, F_OK) != 0 else {
      throw StartFailure(
        "\(target) is there already and nothing is overwritten: name another place")
    }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw FileCopy.failure(path, "can't be made")
    }
    lock = open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW)
    guard lock >= 0 else { throw FileCopy.failure(path, "can't be opened") }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      throw StartFailure("another backup is being written to \(target)")
    }
    try clear()
  }

  deinit { close(lock) }

  /// The backup is whole: the disk keeps it and it takes its name.
  func publish(_ manifest: BackupManifest) throws {
    try FileCopy.write(
      Array((manifest.json.description + "\n").utf8), to: "\(path)/\(BackupManifest.fileName)")
    try FileCopy.keep(path)
    // Never over something: the folder that stands there would have to be empty.
    guard rename(path, target) == 0 else { throw FileCopy.failure(target, "can't be made") }
    try FileCopy.keep((target as NSString).deletingLastPathComponent)
  }

  /// Nothing came of it.
  func discard() {
    try? clear()
    rmdir(path)
  }

  /// Takes away what an earlier backup left; anything else is not ours to remove.
  private func clear() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      guard isOurs(name) else {
        throw StartFailure("\(path) holds \(name), which is no part of a backup: take it away")
      }
      guard unlink("\(path)/\(name)") == 0 else {
        throw FileCopy.failure("\(path)/\(name)", "can't be removed")
      }
    }
  }

  private func isOurs(_ name: String) -> Bool {
    [BackupManifest.fileName, BackupManifest.dumpName, BackupManifest.settingsName].contains(name)
      || name.hasSuffix(".token") || name.hasSuffix(".key")
  }
}
