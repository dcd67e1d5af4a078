internal import Foundation
internal import Glibc

/// The file with the operator's token, which nobody but its owner may read.
struct OperatorTokenFile {
  let path: String

  init(folder: String) {
    path = folder + "/operator.token"
  }

  /// Where a token waits until the database has its hash.
  private var draft: String { path + ".new" }

  /// Writes a token that the database is about to know.
  func prepare(_ token: String) throws {
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure }
    defer { close(descriptor) }
    let bytes = Array((token + "\n").utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
      throw failure
    }
  }

  /// The database knows it: the file takes its place.
  func publish() throws {
    guard rename(draft, path) == 0 else { throw failure }
  }

  /// After a start that was cut off between the two: the database has a token and the file waits.
  func publishIfCutOff() throws {
    guard access(path, F_OK) != 0, access(draft, F_OK) == 0 else { return }
    try publish()
  }

  private var failure: StartFailure {
    StartFailure("\(path) can't be written: \(String(cString: strerror(errno)))")
  }
}
