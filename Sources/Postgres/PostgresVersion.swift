/// A PostgreSQL version such as 15.20.
public struct PostgresVersion: Sendable, Equatable, Comparable, CustomStringConvertible {
  /// The major version; versions of one major share their data format.
  public let major: Int
  /// The minor version: fixes only.
  public let minor: Int

  /// The oldest major version Voronka works with.
  public static let oldestMajor = 15

  /// A version from its two numbers.
  public init(major: Int, minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads `server_version_num` (150020) as servers tell it.
  public init(number: Int) {
    self.init(major: number / 10_000, minor: number % 10_000)
  }

  /// Reads the line of `postgres --version`: `postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)`.
  public init?(versionLine: some StringProtocol) {
    let words = versionLine.split(whereSeparator: \.isWhitespace)
    guard let name = words.firstIndex(of: "(PostgreSQL)"), words.indices.contains(name + 1)
    else { return nil }
    let numbers = words[name + 1].split(separator: ".", maxSplits: 1)
    // A development or beta build ("17beta1") has no minor version yet.
    guard let major = numbers.first.flatMap({ Int($0.prefix(while: \.isNumber)) }) else {
      return nil
    }
    let minor = numbers.count == 2 ? Int(numbers[1].prefix(while: \.isNumber)) ?? 0 : 0
    self.init(major: major, minor: minor)
  }

  /// The oldest safe minor version of this major: the releases of the day on which stale plans
  /// after role changes were fixed, which would let a cached plan keep another role's policies.
  public var oldestSafeMinor: Int {
    switch major {
    case 15: 19
    case 16: 15
    case 17: 11
    case 18: 5
    default: 0
    }
  }

  /// The oldest version of this major, or of the oldest usable one, that may serve.
  public var oldestSafe: PostgresVersion {
    let major = max(major, Self.oldestMajor)
    return PostgresVersion(
      major: major, minor: PostgresVersion(major: major, minor: 0).oldestSafeMinor)
  }

  /// Whether row-level security can be relied on in this version.
  public var isSafe: Bool { major >= Self.oldestMajor && minor >= oldestSafeMinor }

  /// Orders by major, then minor.
  public static func < (left: PostgresVersion, right: PostgresVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }

  /// The version as PostgreSQL writes it.
  public var description: String { "\(major).\(minor)" }
}
