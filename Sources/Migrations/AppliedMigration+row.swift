internal import Postgres

extension AppliedMigration {
  /// Reads a row of `MigrationStatements.history`.
  init(_ row: Row) throws(PostgresError) {
    self.init(
      number: Int(try row.integer(0)), name: try row.string(1), checksum: try row.string(2),
      appliedAt: try row.string(3))
  }
}
