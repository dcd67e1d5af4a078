internal import Postgres
internal import SalesRules

/// Takes a company whose grace is over out of the database, batch by batch, each whole by itself.
struct TenantPurge {
  /// How many rows, and how many batches, a request waits for that deletes without grace.
  private static let (rowsAtOnce, batchesAtOnce) = (2000, 10)

  let services: Services

  /// One batch; whether it took anything.
  func batch(of tenant: Int64, at now: Timestamp, rows: Int) async throws -> Bool {
    try await services.reports.repeatable([
      ContextStatements.forInstallation(),
      TenantStatements.purge(.integer(tenant), .timestamp(now), .integer(rows)),
    ])[1].first?.integerIfPresent(0) != nil
  }

  /// As much as a request may wait for, right after a deletion without grace: all of a small company. The
  /// clearing away takes the rest, also where this fails.
  func begin(_ tenant: Int64, at now: Timestamp) async {
    for _ in 0..<Self.batchesAtOnce {
      guard let goesOn = try? await batch(of: tenant, at: now, rows: Self.rowsAtOnce), goesOn
      else { break }
    }
    services.directory.forget(tenant)
  }
}
