internal import Postgres

/// Taking an import back; `$1` is the tenant, `$2` the import's id everywhere.
enum ImportUndoStatements {
  /// From now on no rows are taken.
  static let mark = Statement(
    """
    update import
    set state = 'undone'
    where tenant_id = $1::bigint
      and id = $2::bigint
      and state <> 'undone'
    """)

  /// The external ids of kind `$3` that it brought, after `$4`, at most `$5`.
  static let keys = Statement(
    """
    select k.external_id
    from import i
    join import_key k on k.tenant_id = $1::bigint
      and k.source = i.key_source
      and k.kind = $3::text
      and k.external_id > $4::text
      and k.import_id = i.id
    where i.tenant_id = $1::bigint
      and i.id = $2::bigint
    order by k.external_id
    limit $5::bigint
    """)

  /// Removes the cards of the external ids `$3` for which nobody has paid; a key whose card somebody else deleted
  /// goes too.
  static let removeCards = Statement(
    """
    with forgotten as (
      delete from import_key k
      using import i, unnest($3::text[]) as w (external_id)
      where i.tenant_id = $1::bigint
        and i.id = $2::bigint
        and k.tenant_id = $1::bigint
        and k.source = i.key_source
        and k.kind = 'deal'
        and k.external_id = w.external_id
        and k.import_id = i.id
        and not exists (
          select 1
          from payment p
          where p.tenant_id = $1::bigint
            and p.card_id = k.object_id
        )
      returning k.object_id
    ),
    removed as (
      delete from card c
      using forgotten f
      where c.tenant_id = $1::bigint
        and c.id = f.object_id
      returning c.id, c.words
    ),
    unworded as (
      delete from card_word w
      using removed r
      cross join lateral unnest(r.words) as o (word)
      where w.tenant_id = $1::bigint
        and w.word = o.word collate "C"
        and w.card_id = r.id
    )
    update import
    set removed = removed || jsonb_build_object('deal',
      coalesce((removed ->> 'deal')::bigint, 0) + (select count(*) from removed))
    where tenant_id = $1::bigint
      and id = $2::bigint
    """)

  /// Removes the contacts of the keys `$3` that no card refers to.
  static let removeContacts = Statement(
    """
    with unused as (
      select k.external_id, k.object_id
      from import i
      cross join unnest($3::text[]) as w (external_id)
      join import_key k on k.tenant_id = $1::bigint
        and k.source = i.key_source
        and k.kind = 'contact'
        and k.external_id = w.external_id
        and k.import_id = i.id
      where i.tenant_id = $1::bigint
        and i.id = $2::bigint
        and not exists (
          select 1
          from card c
          where c.tenant_id = $1::bigint
            and c.contact_id = k.object_id
        )
    ),
    forgotten as (
      delete from import_key k
      using import i, unused u
      where i.tenant_id = $1::bigint
        and i.id = $2::bigint
        and k.tenant_id = $1::bigint
        and k.source = i.key_source
        and k.kind = 'contact'
        and k.external_id = u.external_id
    ),
    removed as (
      delete from contact c
      using unused u
      where c.tenant_id = $1::bigint
        and c.id = u.object_id
      returning c.id, c.words
    ),
    unworded as (
      delete from contact_word w
      using removed r
      cross join lateral unnest(r.words) as o (word)
      where w.tenant_id = $1::bigint
        and w.word = o.word collate "C"
        and w.contact_id = r.id
    )
    update import
    set removed = removed || jsonb_build_object('contact',
      coalesce((removed ->> 'contact')::bigint, 0) + (select count(*) from removed))
    where tenant_id = $1::bigint
      and id = $2::bigint
    """)

  /// Removes the companies of the external ids `$3` that no card and no contact refers to.
  static let removeCompanies = Statement(
    """
    with unused as (
      select k.external_id, k.object_id
      from import i
      cross join unnest($3::text[]) as w (external_id)
      join import_key k on k.tenant_id = $1::bigint
        and k.source = i.key_source
        and k.kind = 'company'
        and k.external_id = w.external_id
        and k.import_id = i.id
      where i.tenant_id = $1::bigint
        and i.id = $2::bigint
        and not exists (
          select 1
          from card c
          where c.tenant_id = $1::bigint
            and c.company_id = k.object_id
        )
        and not exists (
          select 1
          from contact c
          where c.tenant_id = $1::bigint
            and c.company_id = k.object_id
        )
    ),
    forgotten as (
      delete from import_key k
      using import i, unused u
      where i.tenant_id = $1::bigint
        and i.id = $2::bigint
        and k.tenant_id = $1::bigint
        and k.source = i.key_source
        and k.kind = 'company'
        and k.external_id = u.external_id
    ),
    removed as (
      delete from company c
      using unused u
      where c.tenant_id = $1::bigint
        and c.id = u.object_id
      returning c.id, c.words
    ),
    unworded as (
      delete from company_word w
      using removed r
      cross join lateral unnest(r.words) as o (word)
      where w.tenant_id = $1::bigint
        and w.word = o.word collate "C"
        and w.company_id = r.id
    )
    update import
    set removed = removed || jsonb_build_object('company',
      coalesce((removed ->> 'company')::bigint, 0) + (select count(*) from removed))
    where tenant_id = $1::bigint
      and id = $2::bigint
    """)

  /// How much of each kind would go.
  static let preview = Statement(
    """
    with own as (
      select k.kind, k.object_id
      from import i
      join import_key k on k.tenant_id = $1::bigint
        and k.source = i.key_source
        and k.import_id = i.id
      where i.tenant_id = $1::bigint
        and i.id = $2::bigint
        -- What was paid for stays.
        and not (
          k.kind = 'deal'
          and exists (
            select 1
            from payment p
            where p.tenant_id = $1::bigint
              and p.card_id = k.object_id
          )
        )
    ),
    kept_cards as (
      select c.contact_id, c.company_id
      from card c
      where c.tenant_id = $1::bigint
        and not exists (
          select 1
          from own o
          where o.kind = 'deal'
            and o.object_id = c.id
        )
    ),
    kept_contacts as (
      select t.company_id
      from contact t
      where t.tenant_id = $1::bigint
        and t.company_id is not null
        and (
          t.id in (select k.contact_id from kept_cards k where k.contact_id is not null)
          or not exists (
            select 1
            from own o
            where o.kind = 'contact'
              and o.object_id = t.id
          )
        )
    )
    select o.kind, count(*)
    from own o
    where o.kind = 'deal'
      or o.kind = 'contact'
      and o.object_id not in (
        select k.contact_id from kept_cards k where k.contact_id is not null
      )
      or o.kind = 'company'
      and o.object_id not in (
        select k.company_id from kept_cards k where k.company_id is not null
        union all
        select t.company_id from kept_contacts t
      )
    group by o.kind
    """)
}
