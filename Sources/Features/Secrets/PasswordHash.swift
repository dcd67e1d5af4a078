internal import Foundation

/// A stored password: `scrypt$17$8$1$<salt>$<key>`, salt and key in base64.
struct PasswordHash: Sendable {
  let cost: PasswordCost
  let salt: [UInt8]
  let key: [UInt8]

  init(cost: PasswordCost, salt: [UInt8], key: [UInt8]) {
    self.cost = cost
    self.salt = salt
    self.key = key
  }

  /// Reads what `text` wrote; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]),
      let blockSize = Int(parts[2]), let parallelism = Int(parts[3]),
      let salt = Data(base64Encoded: String(parts[4])),
      let key = Data(base64Encoded: String(parts[5]))
    else { return nil }
    cost = PasswordCost(
      logarithmOfRounds: rounds, blockSize: blockSize, parallelism: parallelism)
    self.salt = Array(salt)
    self.key = Array(key)
  }

  /// As it is stored.
  var text: String {
    let parts = [
      "scrypt", String(cost.logarithmOfRounds), String(cost.blockSize), String(cost.parallelism),
      Data(salt).base64EncodedString(), Data(key).base64EncodedString(),
    ]
    return parts.joined(separator: "$")
  }

  /// Whether the derived key is this one; takes the same time wherever they differ.
  func matches(_ other: [UInt8]) -> Bool {
    guard key.count == other.count else { return false }
    return zip(key, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
