internal import Glibc

/// The lock on a folder: one server a folder, let go by the kernel when the process ends.
final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock, or says who has it.
  init(path: String) throws {
    // From here on deinit closes it, also where this throws.
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw LocalPostgresError(
        .folder, "\(path) can't be opened: \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = holder
      throw LocalPostgresError(
        .inUse,
        "another server\(holder.isEmpty ? "" : " (process \(holder))") works on this folder "
          + "(lock \(path)): stop it first, or use another folder")
    }
    ftruncate(descriptor, 0)
    var line = "\(getpid())\n"
    _ = line.withUTF8 { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Lets go before the object ends.
  func release() {
    flock(descriptor, LOCK_UN)
  }

  private var holder: String {
    var buffer = [UInt8](repeating: 0, count: 32)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return "" }
    return String(decoding: buffer[..<count].prefix { $0 != 10 }, as: UTF8.self)
  }
}
