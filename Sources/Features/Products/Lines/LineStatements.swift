internal import Postgres

/// The lines of deals; `$1` is the tenant everywhere.
enum LineStatements {
  private static let gathered: StaticString = """
    (
      select json_agg(
        json_build_array(l.product_id, l.name, l.quantity::text, l.price::text, l.discount::text,
          l.amount::text) order by l.position
      )
      from deal_line l
      where l.tenant_id = c.tenant_id
        and l.card_id = c.id
    ) as lines
    """

  /// A card as `CardStatements.getWithNext` gives it, with its lines before its pauses: `$2` id, `$3` kind.
  static let getDeal = Statement(joining: [
    CardStatements.columns, ActivityStatements.nextColumns, ",\n  ", gathered, ClockStatements.all,
    """

    from card c
    where c.tenant_id = $1::bigint
      and c.id = $2::bigint
      and c.kind = $3::text
    """,
  ])

  /// The lines of deal `$2`.
  static let ofDeal = Statement(joining: [
    "select ", gathered,
    """

    from card c
    where c.tenant_id = $1::bigint
      and c.id = $2::bigint
    """,
  ])

  /// Products by their numbers `$2`.
  static let products = Statement(
    """
    select id, name, price, version
    from product
    where tenant_id = $1::bigint
      and id = any ($2::bigint[])
    """)

  /// Takes the lines of deal `$2` away.
  static let clear = Statement(
    """
    delete from deal_line
    where tenant_id = $1::bigint
      and card_id = $2::bigint
    """)

  /// Deal `$2` has lines or not, `$3`. A new one is made with it: who only creates changes nothing.
  static let mark = Statement(
    """
    update card
    set has_lines = $3::boolean
    where tenant_id = $1::bigint
      and id = $2::bigint
    """)

  /// Which cards have lines, told by the lines: after a company came out of a file.
  static let markAll = Statement(
    """
    update card c
    set has_lines = not c.has_lines
    where c.tenant_id = $1::bigint
      and c.has_lines <> exists (
        select 1
        from deal_line l
        where l.tenant_id = c.tenant_id
          and l.card_id = c.id
      )
    """)

  /// Gives deal `$2` lines: `$3` products, `$4` names, `$5` quantities, `$6` prices, `$7` discounts, `$8`
  /// amounts.
  static let insert = Statement(
    """
    insert into deal_line (tenant_id, card_id, position, product_id, name, quantity, price, discount,
      amount)
    select $1::bigint, $2::bigint, o.position, o.product, o.name, o.quantity, o.price, o.discount, o.amount
    from unnest($3::bigint[], $4::text[], $5::numeric[], $6::numeric[], $7::numeric[], $8::numeric[])
      with ordinality as o (product, name, quantity, price, discount, amount, position)
    """)
}
