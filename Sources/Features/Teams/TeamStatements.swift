internal import Postgres

/// Teams and who belongs to them; `$1` is the tenant everywhere.
enum TeamStatements {
  /// `$2` id, `$3` name, `$4` kind, `$5` parent or null, `$6` now.
  static let insert = Statement(
    """
    insert into team (tenant_id, id, name, kind, parent_id, created_at)
    values ($1::bigint, $2::bigint, $3::text, $4::text, $5::bigint, $6::timestamptz)
    """)
}
