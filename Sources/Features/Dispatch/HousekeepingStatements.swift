internal import Postgres

/// What is cleared away.
enum HousekeepingStatements {
  /// Every company's number, and how long its plan keeps things.
  static let tenants = Statement(
    """
    select t.id, p.history_days, p.audit_days, p.idempotency_hours
    from tenant t
    join plan p on p.code = t.plan_code
    order by t.id
    """)

  /// Counts that are two days old at `$1`.
  static let forgetThrottles = Statement(
    """
    delete from login_throttle
    where coalesce(last_failure_at, last_success_at) < $1::timestamptz - interval '2 days'
      and last_success_at is null
    """)

  /// Sessions of tenant `$1` that ended before `$2`.
  static let forgetSessions = Statement(
    """
    delete from session
    where tenant_id = $1::bigint
      and expires_at <= $2::timestamptz
    """)
}
