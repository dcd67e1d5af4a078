internal import Postgres

/// What is in the company of the section `search`; run as the superuser.
enum SearchGroundStatements {
  /// How many companies there are, and how many deals they have.
  static let deals = Statement(
    """
    select (
        select count(*)
        from tenant
      ), (
        select count(*)
        from card
        where kind = 'deal'
      )
    """)

  /// Cards to draw questions from, of tenant `$1`, with the newcomer's alone where `$2` is true: id, pipeline,
  /// title, contact's name, phone number and e-mail address, company's name, area.
  static let examples = Statement(
    """
    select c.id, c.pipeline_id, c.title, t.name, t.phone, t.email, y.name, c.fields ->> 'area'
    from card c
    join contact t on t.tenant_id = c.tenant_id and t.id = c.contact_id
    join company y on y.tenant_id = c.tenant_id and y.id = c.company_id
    join user_account u on u.tenant_id = c.tenant_id and u.id = c.responsible_id
    where c.tenant_id = $1::bigint
      and (u.name = 'Newcomer' or not $2::boolean)
      and split_part(c.title, ' ', 4) <> ''
      and lower(split_part(c.title, ' ', 1)) <> split_part(c.title, ' ', 2)
    order by hashint8(c.id)
    limit 8
    """)

  /// How many words cards, contacts and companies have, and how much room they take.
  static let words = Statement(
    """
    select 'cards', count(*), pg_size_pretty(pg_total_relation_size('card_word'))
    from card_word
    union all
    select 'contacts', count(*), pg_size_pretty(pg_total_relation_size('contact_word'))
    from contact_word
    union all
    select 'companies', count(*), pg_size_pretty(pg_total_relation_size('company_word'))
    from company_word
    """)
}
