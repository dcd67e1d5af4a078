internal import Glibc

/// A file that this process makes, readable to its own user alone; gone again unless it is kept.
final class NewFile {
  private let path: String
  private let descriptor: Int32
  private var isKept = false

  /// Refuses where there is a file already.
  init(path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    // Thrown before anything is stored: else `deinit` would take away what was there before.
    guard descriptor >= 0 else {
      throw ConsoleFailure.usage("\(path) can't be made: \(SystemError.last)")
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
    if !isKept { unlink(path) }
  }

  func write(_ text: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure }
      rest = rest.dropFirst(count)
    }
  }

  /// It is whole, and on the disk.
  func keep() throws {
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure }
    isKept = true
  }

  private var failure: ConsoleFailure {
    .usage("\(path) can't be written: \(SystemError.last)")
  }
}
