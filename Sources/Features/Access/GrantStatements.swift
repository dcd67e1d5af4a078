internal import Postgres

/// Grants; `$1` is the tenant everywhere.
enum GrantStatements {
  /// `$2` id, `$3` pipeline, `$4` user or null, `$5` team or null, `$6` actions, `$7` cards, `$8`
  /// outcome, `$9` who gives it or null, `$10` now.
  static let insert = Statement(
    """
    insert into access_grant (tenant_id, id, pipeline_id, user_id, team_id, actions, cards, outcome,
      granted_by, created_at)
    values ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::text[], $7::text,
      $8::text, $9::bigint, $10::timestamptz)
    """)
}
