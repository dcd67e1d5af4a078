internal import Postgres

/// Merging clients; `$1` is the tenant everywhere.
enum ClientMergeStatements {
  /// The contacts `$2`.
  static let contacts = Statement(
    """
    select t.id, t.name,
      case when t.phone is null then '{}' else t.phone || t.further_phones end,
      case when t.email is null then '{}' else t.email || t.further_emails end, t.company_id,
      t.created_by, t.created_at, t.version
    from contact t
    where t.tenant_id = $1::bigint
      and t.id = any ($2::bigint[])
    order by t.id
    """)

  /// The companies `$2`.
  static let companies = Statement(
    """
    select y.id, y.name, y.fields, y.created_by, y.created_at, y.version, y.phones, y.emails
    from company y
    where y.tenant_id = $1::bigint
      and y.id = any ($2::bigint[])
    order by y.id
    """)

  /// The cards of the contacts `$2`: where they stand in the rights, id, version and contact.
  static let cardsOfContacts = Statement(
    """
    select c.pipeline_id, c.stage_id, c.responsible_id, c.outcome, c.id, c.version, c.contact_id
    from card c
    where c.tenant_id = $1::bigint
      and c.contact_id = any ($2::bigint[])
    order by c.id
    """)

  /// The same of the companies `$2`.
  static let cardsOfCompanies = Statement(
    """
    select c.pipeline_id, c.stage_id, c.responsible_id, c.outcome, c.id, c.version, c.company_id
    from card c
    where c.tenant_id = $1::bigint
      and c.company_id = any ($2::bigint[])
    order by c.id
    """)

  /// The contacts `$2` stay as they are at versions `$3`: new cards of them wait.
  static let lockContacts = Statement(
    """
    with locked as (
      select t.id, t.version
      from contact t
      where t.tenant_id = $1::bigint
        and t.id = any ($2::bigint[])
      order by t.id
      for update of t
    )
    select require_one(
      1 - cardinality($2::bigint[]) + (
        select count(*)
        from locked l
        join unnest($2::bigint[], $3::bigint[]) as r (id, version)
          on r.id = l.id
          and r.version = l.version
      )
    )
    """)

  /// The same of the companies `$2`.
  static let lockCompanies = Statement(
    """
    with locked as (
      select t.id, t.version
      from company t
      where t.tenant_id = $1::bigint
        and t.id = any ($2::bigint[])
      order by t.id
      for update of t
    )
    select require_one(
      1 - cardinality($2::bigint[]) + (
        select count(*)
        from locked l
        join unnest($2::bigint[], $3::bigint[]) as r (id, version)
          on r.id = l.id
          and r.version = l.version
      )
    )
    """)

  /// Clients `$3` with names `$4` are merged into `$2`, at `$5` by `$6`: `$7` is their noun.
  static let note = Statement(
    """
    insert into client_merge (tenant_id, noun, merged_id, contact_id, company_id, name, merged_at,
      merged_by)
    select $1::bigint, $7::text, m.id, case $7::text when 'contact' then $2::bigint end,
      case $7::text when 'company' then $2::bigint end, m.name, $5::timestamptz, $6::bigint
    from unnest($3::bigint[], $4::text[]) as m (id, name)
    """)

  /// Cards `$3` at versions `$4` of contacts `$5` are of contact `$2` now: `$6` now, `$7` user. A merge
  /// touches no card: its clock goes on.
  static let moveCardsOfContacts = Statement(
    """
    with moved as (
      update card c
      set contact_id = $2::bigint,
        version = c.version + 1
      from unnest($3::bigint[], $4::bigint[], $5::bigint[]) as m (id, version, source)
      where c.tenant_id = $1::bigint
        and c.id = m.id
        and c.version = m.version
        and c.contact_id = m.source
      returning c.id, c.version, m.source
    ),
    logged as (
      insert into card_history (tenant_id, card_id, version, at, user_id, change, details)
      select $1::bigint, m.id, m.version, $6::timestamptz, $7::bigint, 'updated',
        jsonb_build_object('contact', $2::bigint, 'merged', m.source)
      from moved m
    )
    select require_one(1 + (select count(*) from moved) - cardinality($3::bigint[]))
    """)

  /// The same of companies.
  static let moveCardsOfCompanies = Statement(
    """
    with moved as (
      update card c
      set company_id = $2::bigint,
        version = c.version + 1
      from unnest($3::bigint[], $4::bigint[], $5::bigint[]) as m (id, version, source)
      where c.tenant_id = $1::bigint
        and c.id = m.id
        and c.version = m.version
        and c.company_id = m.source
      returning c.id, c.version, m.source
    ),
    logged as (
      insert into card_history (tenant_id, card_id, version, at, user_id, change, details)
      select $1::bigint, m.id, m.version, $6::timestamptz, $7::bigint, 'updated',
        jsonb_build_object('company', $2::bigint, 'merged', m.source)
      from moved m
    )
    select require_one(1 + (select count(*) from moved) - cardinality($3::bigint[]))
    """)

  /// Takes the contacts `$2`, which were merged into `$1`, away.
  static let removeContacts = Statement(
    """
    select require_one(
      1 + remove_merged_contacts($1::bigint, $2::bigint[]) - cardinality($2::bigint[]))
    """)

  /// The same of companies; their contacts are of the other one now.
  static let removeCompanies = Statement(
    """
    select require_one(
      1 + remove_merged_companies($1::bigint, $2::bigint[]) - cardinality($2::bigint[]))
    """)

  /// What was merged into contact `$2`: id and name.
  static let intoContact = Statement(
    """
    select m.merged_id, m.name
    from client_merge m
    where m.tenant_id = $1::bigint
      and m.contact_id = $2::bigint
    order by m.merged_id
    """)

  /// The names of what was merged into contact `$2` become `$3`.
  static let eraseNames = Statement(
    """
    update client_merge
    set name = $3::text
    where tenant_id = $1::bigint
      and contact_id = $2::bigint
    """)
}
