internal import Postgres

extension Dispatcher {
  /// Clears away, company by company, what has run out: idempotency keys after their day, sessions
  /// and invitations after their end, tokens a month after theirs, throttles.
  public func clearAway() async throws {
    let now = services.clock.now
    let pool = services.reports
    var tenants: [Int64] = [0]
    for row in try await pool.repeatable([
      ContextStatements.login(), HousekeepingStatements.tenants(),
      HousekeepingStatements.forgetThrottles(.timestamp(now)),
    ])[1] {
      tenants.append(try row.integer(0))
    }
    for tenant in tenants {
      _ = try await pool.repeatable([
        ContextStatements.server(.integer(tenant)),
        IdempotencyStatements.forget(.integer(tenant), .timestamp(now)),
        HousekeepingStatements.forgetSessions(.integer(tenant), .timestamp(now)),
        InvitationStatements.forget(.integer(tenant), .timestamp(now)),
        TokenStatements.forget(.integer(tenant), .timestamp(now)),
      ])
    }
  }
}
