internal import Postgres

/// What people take out of their company, in the order of ids; `$1` is the tenant everywhere.
///
/// They run behind a door that shows those cards alone on which the caller holds `export`
/// (`Standing.exportContext`), and the clients of those cards.
enum ExportStatements {
  /// Nothing is kept of an export but its row in the audit, which is written with this.
  static let begun = Statement(
    """
    select 1
    """)

  /// A page of cards: `$2` kind, `$3` how many at most, `$4` behind which id, `$5` to `$13` the filters.
  static func cards(_ order: ExportOrder) -> Statement {
    Statement(
      joining: [
        """
        select c.id, c.pipeline_id, c.stage_id, c.outcome, c.title, c.amount, c.company_id, y.name,
          c.responsible_id, u.name, c.contact_id, t.name, t.phone, t.email, c.source, c.repeat,
          c.reason_id, c.comment, c.based_on, c.created_at, c.stage_entered_at, c.touched_at,
          c.closed_at, c.fields, c.last_contact_status_id, c.last_contact_at
        from (
          select *
          from card n
          where n.tenant_id = $1::bigint
            and ($4::bigint is null or n.id > $4::bigint)
        """
      ] + filters(order) + [
        """

          order by n.id
          limit $3::bigint
        ) c
        left join contact t on t.tenant_id = $1::bigint and t.id = c.contact_id
        left join company y on y.tenant_id = $1::bigint and y.id = c.company_id
        left join user_account u on u.tenant_id = $1::bigint and u.id = c.responsible_id
        order by c.id
        """
      ])
  }

  /// How many cards there are, parameters as for `cards`.
  static func countCards(_ order: ExportOrder) -> Statement {
    Statement(
      joining: [
        """
        select count(*)
        from card n
        where n.tenant_id = $1::bigint
          and $3::bigint is null
          and $4::bigint is null
        """
      ] + filters(order))
  }

  /// A page of contacts, those of cards alone where `ofCards`; parameters as for `cards`.
  static func contacts(_ order: ExportOrder, ofCards: Bool) -> Statement {
    Statement(
      joining: [
        """
        select t.id, t.name, t.phone, t.email, t.company_id, y.name, t.created_at
        from (
          select *
          from contact x
          where x.tenant_id = $1::bigint
            and ($4::bigint is null or x.id > $4::bigint)
        """
      ] + ofContact(order, ofCards) + [
        """

          order by x.id
          limit $3::bigint
        ) t
        left join company y on y.tenant_id = $1::bigint and y.id = t.company_id
        order by t.id
        """
      ])
  }

  /// How many contacts there are, parameters as for `cards`.
  static func countContacts(_ order: ExportOrder, ofCards: Bool) -> Statement {
    Statement(
      joining: [
        """
        select count(*)
        from contact x
        where x.tenant_id = $1::bigint
          and $3::bigint is null
          and $4::bigint is null
        """
      ] + ofContact(order, ofCards))
  }

  /// A page of companies, those of cards alone where `ofCards`; parameters as for `cards`.
  static func companies(_ order: ExportOrder, ofCards: Bool) -> Statement {
    Statement(
      joining: [
        """
        select x.id, x.name, x.created_at, x.fields
        from company x
        where x.tenant_id = $1::bigint
          and ($4::bigint is null or x.id > $4::bigint)
        """
      ] + ofCompany(order, ofCards) + [
        """

        order by x.id
        limit $3::bigint
        """
      ])
  }

  /// How many companies there are, and the keys of what else is known of them, `$3` at most; the other
  /// parameters as for `cards`.
  static func countCompanies(_ order: ExportOrder, ofCards: Bool) -> Statement {
    Statement(
      joining: [
        """
        with chosen as (
          select x.fields
          from company x
          where x.tenant_id = $1::bigint
            and $4::bigint is null
        """
      ] + ofCompany(order, ofCards) + [
        """

        )
        select
          (select count(*) from chosen),
          array(
            select distinct k.key
            from chosen c
            cross join lateral jsonb_object_keys(c.fields) as k (key)
            order by k.key
            limit $3::bigint
          )
        """
      ])
  }

  /// Looked up for each by itself: the cards of a company may be many.
  private static func ofContact(_ order: ExportOrder, _ ofCards: Bool) -> [StaticString] {
    guard ofCards else { return unused }
    return [
      """

        and (
          select true
          from card n
          where n.tenant_id = $1::bigint
            and n.contact_id = x.id
      """
    ] + filters(order) + ["\n    limit 1\n  )"]
  }

  private static func ofCompany(_ order: ExportOrder, _ ofCards: Bool) -> [StaticString] {
    guard ofCards else { return unused }
    return [
      """

        and (
          select true
          from card n
          where n.tenant_id = $1::bigint
            and n.company_id = x.id
      """
    ] + filters(order) + ["\n    limit 1\n  )"]
  }

  /// The parameters that a statement without filters has nevertheless.
  private static let unused: [StaticString] = [
    """

      and $2::text is null
      and $5::bigint is null
      and $6::bigint is null
      and $7::text is null
      and $8::bigint is null
      and $9::bigint is null
      and $10::bigint is null
      and $11::text is null
      and $12::text is null
      and $13::text is null
    """
  ]

  /// Each filter that is not asked for costs nothing.
  private static func filters(_ order: ExportOrder) -> [StaticString] {
    [
      order.kind.isOfCards ? "\n  and n.kind = $2::text" : "\n  and $2::text is null",
      order.pipeline == nil
        ? "\n  and $5::bigint is null" : "\n  and n.pipeline_id = $5::bigint",
      order.stage == nil ? "\n  and $6::bigint is null" : "\n  and n.stage_id = $6::bigint",
      order.outcome == nil ? "\n  and $7::text is null" : "\n  and n.outcome = $7::text",
      order.responsible == nil
        ? "\n  and $8::bigint is null" : "\n  and n.responsible_id = $8::bigint",
      order.contact == nil ? "\n  and $9::bigint is null" : "\n  and n.contact_id = $9::bigint",
      order.company == nil
        ? "\n  and $10::bigint is null" : "\n  and n.company_id = $10::bigint",
      order.source == nil ? "\n  and $11::text is null" : "\n  and n.source = $11::text",
      order.from == nil
        ? "\n  and $12::text is null"
        : """

          and n.created_at >= (
            select $12::text::date::timestamp at time zone e.timezone
            from tenant e
            where e.id = $1::bigint
          )
        """,
      order.to == nil
        ? "\n  and $13::text is null"
        : """

          and n.created_at < (
            select $13::text::date::timestamp at time zone e.timezone
            from tenant e
            where e.id = $1::bigint
          )
        """,
    ]
  }
}
