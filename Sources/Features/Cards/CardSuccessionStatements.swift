internal import Postgres

/// What a card takes with it into the one that is made on its base, and how they hang together; `$1` is the tenant.
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

  /// Card `$2` between the cards that it goes back to and those that go back to it, each with its base and where it
  /// stands in the rights: at most 50 steps each way, and 200 cards, those next to it first of all.
  static let chain = Statement(
    """
    with recursive back as (
      select c.id, c.based_on, 0 as step
      from card c
      where c.tenant_id = $1::bigint
        and c.id = $2::bigint
      union all
      select b.id, b.based_on, f.step - 1
      from back f
      join card b on b.tenant_id = $1::bigint and b.id = f.based_on
      where f.step > -50
    ),
    forth as (
      select c.id, 0 as step
      from card c
      where c.tenant_id = $1::bigint
        and c.id = $2::bigint
      union all
      select n.id, f.step + 1
      from forth f
      join card n on n.tenant_id = $1::bigint and n.based_on = f.id
      where f.step < 50
    ),
    near as (
      select a.id, a.step
      from (
        select id, step
        from back
        union
        select id, step
        from forth
      ) a
      order by abs(a.step), a.id
      limit 200
    )
    select c.pipeline_id, c.stage_id, c.responsible_id, c.outcome, c.id, c.kind, c.based_on
    from near n
    join card c on c.tenant_id = $1::bigint and c.id = n.id
    order by n.step, c.id
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
