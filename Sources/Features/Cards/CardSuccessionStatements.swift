internal import Postgres

/// What a card takes with it into the one that is made on its base; `$1` is the tenant.
enum CardSuccessionStatements {
  /// The notes of card `$2`.
  static let notes = Statement(
    """
    select id
    from note
    where tenant_id = $1::bigint
      and card_id = $2::bigint
    order by id
    """)

  /// Notes `$3` are written under card `$2` too, with ids `$4`, as who wrote them when.
  static let carryNotes = Statement(
    """
    insert into note (tenant_id, id, card_id, text, created_by, created_at)
    select $1::bigint, o.new_id, $2::bigint, n.text, n.created_by, n.created_at
    from unnest($3::bigint[], $4::bigint[]) as o (id, new_id)
    join note n on n.tenant_id = $1::bigint and n.id = o.id
    """)
}
