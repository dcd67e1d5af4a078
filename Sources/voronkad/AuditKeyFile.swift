internal import Features
internal import Foundation
internal import Glibc

/// The file with the audit's keys, which nobody but its owner may read: one a line, 64 hexadecimal
/// digits or more. The first is what is written with; those below it only verify.
struct AuditKeyFile {
  let path: String

  /// The keys in the file.
  ///
  /// - Parameter makesMissing: whether a file that is not there is made, with one fresh key.
  func keys(makesMissing: Bool) throws -> AuditKeys {
    if makesMissing, access(path, F_OK) != 0 { try make() }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw StartFailure(
        "\(path), with the audit's keys, can't be read; every server of the installation needs "
          + "the same file")
    }
    try requirePrivacy()
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let keys = try lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }.map { line in
      guard let key = Self.bytes(line).flatMap(AuditKey.init) else {
        throw StartFailure(
          "\(path) has a line that is no key: 64 hexadecimal digits, such as openssl rand -hex 32 "
            + "gives")
      }
      return key
    }
    guard let current = keys.first else { throw StartFailure("\(path) has no key") }
    return AuditKeys(current, earlier: Array(keys.dropFirst()))
  }

  /// Others of the machine could write rows that pass for the server's.
  private func requirePrivacy() throws {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & 0o077 != 0 else { return }
    throw StartFailure("\(path) may be read by others than its owner: chmod 600 \(path)")
  }

  private func make() throws {
    let draft = path + ".new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure }
    defer { close(descriptor) }
    var generator = SystemRandomNumberGenerator()
    let digits = (0..<32).map { _ in
      let byte = String(UInt8.random(in: .min ... .max, using: &generator), radix: 16)
      return byte.count < 2 ? "0" + byte : byte
    }
    let bytes = Array((digits.joined() + "\n").utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0,
      rename(draft, path) == 0
    else { throw failure }
  }

  private var failure: StartFailure {
    StartFailure("\(path) can't be written: \(String(cString: strerror(errno)))")
  }

  private static func bytes(_ hexadecimal: String) -> [UInt8]? {
    let digits = hexadecimal.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[place], let low = digits[place + 1] else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    return bytes
  }
}
