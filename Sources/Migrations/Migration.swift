internal import Crypto
public import MigrationFiles

/// A migration with the checksum that the history keeps of it.
public struct Migration: Sendable, Equatable {
  /// Its place in the order.
  public let number: Int
  /// Its name, without number and `.sql`.
  public let name: String
  /// The SHA-256 of the file's bytes, as 64 hexadecimal digits.
  public let checksum: String
  /// The statements.
  public let text: String

  /// A migration as the program carries it.
  public init(_ file: MigrationFile) {
    number = file.number
    name = file.name
    checksum = SHA256.hash(data: file.content).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
    text = String(decoding: file.content, as: UTF8.self)
  }

  /// All migrations this program carries, in their order.
  public static let all = MigrationFiles.all.map { Migration($0) }
}
