internal import Postgres

/// Blocks of ids.
enum IdentityStatements {
  /// Takes the next ids: `$1` tenant, `$2` kind, `$3` how many. Gives the first of them.
  static let take = Statement(
    """
    insert into id_block as b (tenant_id, kind, next_id)
    values ($1::bigint, $2::text, 1 + $3::bigint)
    on conflict (tenant_id, kind) do update
    set next_id = b.next_id + $3::bigint
    returning b.next_id - $3::bigint
    """)
}
