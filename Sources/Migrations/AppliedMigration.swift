/// A row of the history: a migration as it was applied to one database.
public struct AppliedMigration: Sendable, Equatable {
  /// Its place in the order.
  public let number: Int
  /// Its name.
  public let name: String
  /// The checksum of the file it was applied from.
  public let checksum: String
  /// When, in PostgreSQL's text form and UTC.
  public let appliedAt: String

  /// A row from its columns.
  public init(number: Int, name: String, checksum: String, appliedAt: String) {
    self.number = number
    self.name = name
    self.checksum = checksum
    self.appliedAt = appliedAt
  }
}
