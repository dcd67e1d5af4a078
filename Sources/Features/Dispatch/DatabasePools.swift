public import Postgres

/// The pools the methods work over, so that long work never stands before short.
public struct DatabasePools: Sendable {
  /// For short reads.
  public let reads: Pool
  /// For writes.
  public let writes: Pool
  /// For reports and whatever else reads much.
  public let reports: Pool

  /// Three pools on the same database, as the application role.
  public init(reads: Pool, writes: Pool, reports: Pool) {
    self.reads = reads
    self.writes = writes
    self.reports = reports
  }
}
