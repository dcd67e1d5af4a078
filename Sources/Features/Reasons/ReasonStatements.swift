internal import Postgres

/// The company's lists of reasons; `$1` is the tenant everywhere.
enum ReasonStatements {
  /// Each an element of the arrays: `$2` ids, `$3` kinds, `$4` names.
  static let insert = Statement(
    """
    insert into reason (tenant_id, id, kind, name)
    select $1::bigint, r.id, r.kind, r.name
    from unnest($2::bigint[], $3::text[], $4::text[]) as r (id, kind, name)
    """)
}
