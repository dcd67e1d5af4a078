internal import Postgres

/// What is read to know a company; `$1` is the tenant everywhere.
enum CompanyStatements {
  /// The version comes first: whatever is read after it is at least as new.
  static let version = Statement(
    """
    select v.version, audit_epoch($1::bigint)
    from tenant_version v
    where v.tenant_id = $1::bigint
    """)

  static let tenant = Statement(
    """
    select t.slug, t.name, t.state, t.locale, t.currency, t.timezone, t.reopen_days,
      t.require_loss_reason, t.require_loss_comment, t.require_win_reason, t.version, t.support_access,
      p.code, p.name, p.price, p.currency, p.deal_pipelines, p.stages_per_pipeline, p.users,
      p.custom_fields, p.robots, p.requests_per_second, p.features, p.state, p.version,
      p.history_days, p.audit_days, p.idempotency_hours, t.exported_at, t.leads,
      t.paid_invoice_to_win, t.require_last_contact_on_renewal,
      t.require_win_comment, t.require_invalid_comment
    from tenant t
    join plan p on p.code = t.plan_code
    where t.id = $1::bigint
    """)

  static let pipelines = Statement(
    """
    select id, kind, name, position, archived, frozen, no_back, no_skip, cross_only_by_win, version,
      freeze_rank, rule_way, rule_user_id, rule_team_id, life_limit
    from pipeline
    where tenant_id = $1::bigint
    order by kind desc, position, id
    """)

  static let stages = Statement(
    """
    select id, pipeline_id, name, kind, position, style, key, hint, required, dwell_limit,
      reopens_here, version, rule_way, rule_user_id, rule_team_id, transfers_to
    from stage
    where tenant_id = $1::bigint
    order by pipeline_id, position, id
    """)

  static let reasons = Statement(
    """
    select id, kind, name, active, version, loss_kind, comment_rule
    from reason
    where tenant_id = $1::bigint
    order by kind, id
    """)

  static let fields = Statement(
    """
    select id, card_kind, key, name, type, choices, position, version, searchable,
      field_group, pipelines, converts_to, filterable
    from field
    where tenant_id = $1::bigint
    order by card_kind, position, id
    """)

  static let contactStatuses = Statement(
    """
    select id, name, meaning, active, version
    from contact_status
    where tenant_id = $1::bigint
    order by id
    """)

  static let activityTypes = Statement(
    """
    select id, name, base, active, version
    from activity_type
    where tenant_id = $1::bigint
    order by id
    """)

  /// `$2` the user.
  static let user = Statement(
    """
    select email, name, role, state
    from user_account
    where tenant_id = $1::bigint
      and id = $2::bigint
    """)

  /// `$2` the user.
  static let rights = Statement(
    """
    select action, pipelines, stages, people
    from compiled_rights($1::bigint, $2::bigint)
    """)

  /// The highest number of a person.
  static let lastPerson = Statement(
    """
    select coalesce(max(id), 0)
    from user_account
    where tenant_id = $1::bigint
    """)

  /// `$2` the session, `$3` now.
  static let session = Statement(
    """
    select 1
    from session
    where tenant_id = $1::bigint
      and id = $2::bigint
      and expires_at > $3::timestamptz
    """)
}
