internal import Logging
internal import Postgres
internal import SalesRules

extension Dispatcher {
  /// Takes away what a company's plan no longer keeps, in short transactions, each whole by itself: broken
  /// off at any moment, it goes on where it was when it is called again, by whatever server.
  func expire(
    _ tenant: Int64, _ retention: PlanRetention, at now: Timestamp, batch: Int64 = 1000
  ) async throws {
    try await forgetKeys(of: tenant, retention.idempotencyHours, at: now, batch: batch)
    if retention.auditDays != nil { try await expireAudit(of: tenant, at: now) }
    guard retention.historyDays != nil, services.retention.isDue(tenant, at: now) else { return }
    try await expireHistory(of: tenant, at: now, batch: batch)
    services.retention.note(tenant, at: now)
  }

  private func forgetKeys(
    of tenant: Int64, _ hours: Int, at now: Timestamp, batch: Int64
  ) async throws {
    let parameter = Parameter.integer(tenant)
    while true {
      let forgotten = try await services.reports.repeatable([
        ContextStatements.server(parameter),
        IdempotencyStatements.forget(
          parameter, .timestamp(now), .integer(Int64(hours)), .integer(batch)),
      ])[1][0].integer(0)
      if forgotten < batch { return }
    }
  }

  private func expireHistory(of tenant: Int64, at now: Timestamp, batch: Int64) async throws {
    var card: Int64 = 0
    var removed: Int64 = 0
    while true {
      let row = try await services.reports.repeatable([
        ContextStatements.server(.integer(tenant)),
        RetentionStatements.expireHistory(
          .integer(tenant), .timestamp(now), .integer(card), .integer(batch)),
      ])[1][0]
      removed += try row.integer(1)
      guard let last = try row.integerIfPresent(0) else { break }
      card = last
    }
    note("history", removed, tenant)
  }

  /// One sealed range a transaction: its seal stays, with the MAC of the removal.
  private func expireAudit(of tenant: Int64, at now: Timestamp) async throws {
    let parameter = Parameter.integer(tenant)
    let key = services.audit.keys.current
    var removed: Int64 = 0
    while true {
      let due = try await services.reports.repeatable([
        ContextStatements.server(parameter),
        AuditSealStatements.due(parameter, .timestamp(now), 20),
      ])[1].map { try AuditSeal($0, tenant: tenant) }
      let before = removed
      for seal in due {
        removed += try await services.reports.repeatable([
          ContextStatements.server(parameter),
          AuditSealStatements.remove(
            parameter, .integer(seal.number), .timestamp(now), .text(key.id),
            .bytea(seal.removalMAC(at: now, under: key))),
        ])[1][0].integer(0)
      }
      // Where none went, the database's own clock says that it is too early.
      guard removed > before else { break }
    }
    note("audit", removed, tenant)
  }

  private func note(_ what: String, _ rows: Int64, _ tenant: Int64) {
    guard rows > 0 else { return }
    logger.info(
      "what the plan no longer keeps was cleared away",
      metadata: ["tenant": "\(tenant)", "what": "\(what)", "rows": "\(rows)"])
  }
}
