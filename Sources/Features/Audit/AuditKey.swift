internal import Crypto

/// A secret under which audit rows and seals carry their MACs. It is never in the database.
public struct AuditKey: Sendable {
  /// Tells keys apart and nothing of the secret: eight hexadecimal digits.
  public let id: String
  private let secret: [UInt8]

  /// A key of at least 32 bytes; nil for a shorter one.
  public init?(_ secret: [UInt8]) {
    guard secret.count >= 32 else { return nil }
    self.init(unchecked: secret)
  }

  private init(unchecked secret: [UInt8]) {
    self.secret = secret
    let digest = HMAC<SHA256>.authenticationCode(
      for: Array("voronka.audit.key".utf8), using: SymmetricKey(data: secret))
    id = digest.prefix(4).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }.joined()
  }

  /// A fresh one of 32 random bytes.
  public static func random() -> AuditKey {
    AuditKey(unchecked: SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) })
  }

  /// The MAC of bytes: 32 bytes.
  func mac(_ bytes: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: secret)))
  }
}
