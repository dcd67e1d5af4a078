internal import Postgres

/// What rights look at; `$1` is the tenant.
enum AccessStatements {
  /// Where card `$2` is, whose it is and how it stands.
  static let place = Statement(
    """
    select c.pipeline_id, c.responsible_id, c.outcome
    from card c
    where c.tenant_id = $1::bigint
      and c.id = $2::bigint
    """)
}
