internal import Glibc

/// A file read in pieces, so that its size does not matter.
final class FileBytes {
  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 64 << 10)
  private var position = 0
  private var filled = 0
  let path: String

  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ConsoleFailure.usage("\(path) can't be read: \(SystemError.last)")
    }
  }

  deinit {
    close(descriptor)
  }

  /// The next byte; nil at the end.
  func next() throws -> UInt8? {
    if position == filled {
      filled = try fill()
      position = 0
      if filled == 0 { return nil }
    }
    defer { position += 1 }
    return buffer[position]
  }

  private func fill() throws -> Int {
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw ConsoleFailure.usage("\(path) can't be read: \(SystemError.last)")
      }
    }
  }

  /// A whole file; meant for small ones.
  static func contents(of path: String) throws -> [UInt8] {
    let file = try FileBytes(path: path)
    var bytes: [UInt8] = []
    while let byte = try file.next() { bytes.append(byte) }
    return bytes
  }
}
