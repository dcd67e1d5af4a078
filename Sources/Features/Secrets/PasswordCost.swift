/// What one derivation of a password costs, by scrypt's parameters (RFC 7914).
public struct PasswordCost: Sendable, Hashable {
  /// N as a power of two; memory and time double with each step.
  public var logarithmOfRounds: Int
  /// r.
  public var blockSize: Int
  /// p.
  public var parallelism: Int

  /// N = 2^17, r = 8, p = 1: 128 MiB and some tenths of a second.
  public static let usual = PasswordCost(logarithmOfRounds: 17, blockSize: 8, parallelism: 1)
  /// For tests, which have no secrets.
  public static let least = PasswordCost(logarithmOfRounds: 4, blockSize: 8, parallelism: 1)

  /// A cost.
  public init(logarithmOfRounds: Int, blockSize: Int, parallelism: Int) {
    self.logarithmOfRounds = logarithmOfRounds
    self.blockSize = blockSize
    self.parallelism = parallelism
  }
}
