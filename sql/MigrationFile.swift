/// One numbered file of `sql/migrations`, as it was when the program was built.
public struct MigrationFile: Sendable, Equatable {
  /// Its place in the order; files count from 1 without gaps.
  public let number: Int
  /// What stands between the number and `.sql`.
  public let name: String
  /// The file, byte for byte.
  public let content: [UInt8]

  /// A file from its parts.
  public init(number: Int, name: String, content: [UInt8]) {
    self.number = number
    self.name = name
    self.content = content
  }

  /// The file's name in the folder: `0001_tenancy.sql`.
  public var fileName: String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_\(name).sql"
  }
}
