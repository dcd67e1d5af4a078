internal import Crypto

/// What tells a whole file from a damaged one: SHA-256 over the digest of the lines before and the next
/// line, without its line break. Thirty-two bytes are all that has to be kept between two lines.
struct TransferDigest: Equatable, Sendable {
  private(set) var bytes: [UInt8]

  /// Of no line, or as it was kept.
  init(_ bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  /// As `text` gave it.
  init?(text: String) {
    let digits = text.utf8.map { UInt8(ascii: "a") <= $0 ? $0 - 87 : $0 &- 48 }
    guard digits.count % 2 == 0, digits.allSatisfy({ $0 < 16 }) else { return nil }
    bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  /// Takes the next line.
  mutating func add(_ line: [UInt8]) {
    bytes = Array(SHA256.hash(data: bytes + line))
  }

  /// As the file's last line names it.
  var text: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
