internal import Logging
internal import Postgres
internal import SalesRules

extension Dispatcher {
  /// Clears away what has run out: deleted companies after their grace and imports that were cut off;
  /// then, company by company, sessions and invitations after their end, tokens a month after theirs,
  /// events after their days, and what the plan no longer keeps of idempotency keys, history and audit;
  /// and throttles.
  public func clearAway() async throws {
    await services.exports.endIdle()
    try await purge()
    let now = services.clock.now
    let pool = services.reports
    var tenants: [(id: Int64, retention: PlanRetention)] = [(0, PlanRetention())]
    for row in try await pool.repeatable([
      ContextStatements.login(), HousekeepingStatements.tenants(),
      HousekeepingStatements.forgetThrottles(.timestamp(now)),
    ])[1] {
      tenants.append(
        (
          try row.integer(0),
          PlanRetention(
            historyDays: try row.integerIfPresent(1).map(Int.init),
            auditDays: try row.integerIfPresent(2).map(Int.init),
            idempotencyHours: Int(try row.integer(3)))
        ))
    }
    for (tenant, retention) in tenants {
      _ = try await pool.repeatable([
        ContextStatements.server(.integer(tenant)),
        HousekeepingStatements.forgetSessions(.integer(tenant), .timestamp(now)),
        InvitationStatements.forget(.integer(tenant), .timestamp(now)),
        TokenStatements.forget(.integer(tenant), .timestamp(now)),
      ])
      if tenant != 0 { try await clearEvents(of: tenant, at: now) }
      try await expire(tenant, retention, at: now)
    }
  }

  /// Numbers the events of a company that nobody has subscribed to, too, so that the first who does waits for
  /// little, and takes out the old ones.
  private func clearEvents(of tenant: Int64, at now: Timestamp) async throws {
    _ = try await services.sequencer.advance(tenant)
    let kept = services.configuration.eventRetention.components.seconds
    try await services.sequencer.clear(tenant, before: now.adding(seconds: -kept))
  }

  /// Takes out, a batch of rows a transaction, the companies whose grace is over. Broken off at any
  /// moment, it goes on where it was when it is called again.
  func purge(batch: Int = 5000) async throws {
    let now = services.clock.now
    let due = try await services.reports.repeatable([
      ContextStatements.forInstallation(), TenantStatements.due(.timestamp(now)),
    ])[1]
    for row in due {
      let tenant = try row.integer(0)
      while try await TenantPurge(services: services).batch(of: tenant, at: now, rows: batch) {}
      services.directory.forget(tenant)
      logger.notice("a deleted company is gone", metadata: ["tenant": "\(tenant)"])
    }
  }
}
