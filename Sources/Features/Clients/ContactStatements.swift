internal import Postgres

/// Contacts; `$1` is the tenant everywhere.
enum ContactStatements {
  /// Contact `$2`.
  static let get = Statement(
    """
    select t.id, t.name,
      case when t.phone is null then '{}' else t.phone || t.further_phones end,
      case when t.email is null then '{}' else t.email || t.further_emails end, t.company_id, t.created_by, t.created_at, t.version
    from contact t
    where t.tenant_id = $1::bigint
      and t.id = $2::bigint
    """)

  /// Contact `$2`, or the one into which it was merged.
  static let getOrKept = Statement(
    """
    select t.id, t.name,
      case when t.phone is null then '{}' else t.phone || t.further_phones end,
      case when t.email is null then '{}' else t.email || t.further_emails end, t.company_id,
      t.created_by, t.created_at, t.version
    from contact t
    where t.tenant_id = $1::bigint
      and t.id = coalesce(
        (
          select m.contact_id
          from client_merge m
          where m.tenant_id = $1::bigint
            and m.noun = 'contact'
            and m.merged_id = $2::bigint
        ),
        $2::bigint
      )
    """)

  /// Those the caller sees that have one of the numbers and addresses `$2`, at most `$3`.
  static let sharing = Statement(
    """
    select distinct p.contact_id
    from contact_point p
    where p.tenant_id = $1::bigint
      and p.value = any ($2::text[])
    order by p.contact_id
    limit $3::bigint
    """)

  /// Where the cards of contact `$2` that the caller sees stand in the rights.
  static let places = Statement(
    """
    select distinct c.pipeline_id, c.stage_id, c.responsible_id, c.outcome
    from card c
    where c.tenant_id = $1::bigint
      and c.contact_id = $2::bigint
    """)

  /// The cards of contact `$2` in the stages `$3`, the oldest hundred.
  static let cards = Statement(joining: [
    CardStatements.columns,
    """

    from card c
    where c.tenant_id = $1::bigint
      and c.contact_id = $2::bigint
      and c.stage_id = any ($3::bigint[])
    order by c.id
    limit 100
    """,
  ])

  /// Those with an id above `$2` (all where null), at most `$3`, with phone `$4`, e-mail `$5`, a name that
  /// begins with `$6`, of company `$7`; each is not asked for where it is null.
  static let list = Statement(joining: [listed, ordered])

  /// The same of those that have a key from `$8` up to `$9`.
  static let listByName = Statement(joining: [
    listed,
    """

      and t.id = any (
        array(
          select w.contact_id
          from contact_word w
          where w.tenant_id = $1::bigint
            and w.word >= $8::text collate "C"
            and w.word < $9::text collate "C"
        )
      )
    """, ordered,
  ])

  private static let listed: StaticString = """
    select t.id, t.name,
      case when t.phone is null then '{}' else t.phone || t.further_phones end,
      case when t.email is null then '{}' else t.email || t.further_emails end, t.company_id, t.created_by, t.created_at, t.version
    from contact t
    where t.tenant_id = $1::bigint
      and ($2::bigint is null or t.id > $2::bigint)
      and (
        $4::text is null
        or t.id = any (
          array(
            select p.contact_id
            from contact_point p
            where p.tenant_id = $1::bigint
              and p.value = $4::text
          )
        )
      )
      and (
        $5::text is null
        or t.id = any (
          array(
            select p.contact_id
            from contact_point p
            where p.tenant_id = $1::bigint
              and p.value = $5::text
          )
        )
      )
      and ($6::text is null or starts_with(lower(t.name), lower($6::text)))
      and ($7::bigint is null or t.company_id = $7::bigint)
    """

  private static let ordered: StaticString = """

    order by t.id
    limit $3::bigint
    """

  /// How many keys lie from `$2` up to `$3`, counted up to `$4`, and whether contacts are waiting for theirs.
  static let countNames = Statement(
    """
    select
      (
        select count(*)
        from (
          select 1
          from contact_word w
          where w.tenant_id = $1::bigint
            and w.word >= $2::text collate "C"
            and w.word < $3::text collate "C"
          limit $4::bigint
        ) n
      ),
      exists (
        select 1
        from search_backlog b
        where b.tenant_id = $1::bigint
          and b.kind = 'contact'
      )
    """)

  /// `$2` id, `$3` name, `$4` phone, `$5` the same as it is compared, `$6` e-mail, `$7` the same as it is
  /// compared, `$8` company, `$9` user, `$10` now, `$11` the words by which it is found; `$12` further phones,
  /// `$13` the same as they are compared, `$14` further e-mails, `$15` the same as they are compared, `$16` by
  /// what it is known again.
  static let insert = Statement(
    """
    with made as (
      insert into contact (tenant_id, id, name, phone, phone_normalised, email, email_normalised,
        company_id, created_by, created_at, words, further_phones, further_phones_normalised,
        further_emails, further_emails_normalised)
      values ($1::bigint, $2::bigint, $3::text, $4::text, $5::text, $6::text, $7::text, $8::bigint,
        $9::bigint, $10::timestamptz, $11::text[], $12::text[], $13::text[], $14::text[],
        $15::text[])
    ),
    pointed as (
      insert into contact_point (tenant_id, value, contact_id)
      select $1::bigint, p.value, $2::bigint
      from unnest($16::text[]) as p (value)
    )
    insert into contact_word (tenant_id, word, contact_id)
    select $1::bigint, w.word, $2::bigint
    from unnest($11::text[]) as w (word)
    """)

  /// `$2` id, `$3`–`$8` as for `insert`, `$9` the version that was read, `$10`–`$14` as `$12`–`$16` for
  /// `insert`.
  static let update = Statement(
    """
    with changed as (
      update contact
      set name = $3::text,
        phone = $4::text,
        phone_normalised = $5::text,
        email = $6::text,
        email_normalised = $7::text,
        company_id = $8::bigint,
        further_phones = $10::text[],
        further_phones_normalised = $11::text[],
        further_emails = $12::text[],
        further_emails_normalised = $13::text[],
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $9::bigint
      returning 1
    ),
    unpointed as (
      delete from contact_point p
      where p.tenant_id = $1::bigint
        and p.contact_id = $2::bigint
        and p.value <> all ($14::text[])
    ),
    pointed as (
      insert into contact_point (tenant_id, value, contact_id)
      select $1::bigint, n.value, $2::bigint
      from unnest($14::text[]) as n (value)
      on conflict do nothing
    )
    select require_one((select count(*) from changed))
    """)

  /// `$2` id, `$3` the version that was read. Cards of the contact hold it by their foreign key.
  static let delete = Statement(
    """
    with deleted as (
      delete from contact
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning words
    ),
    unworded as (
      delete from contact_word w
      using deleted d
      cross join lateral unnest(d.words) as o (word)
      where w.tenant_id = $1::bigint
        and w.word = o.word collate "C"
        and w.contact_id = $2::bigint
    )
    select require_one((select count(*) from deleted))
    """)

  /// How many cards of contact `$2` the caller sees.
  static let countCards = Statement(
    """
    select count(*)
    from card
    where tenant_id = $1::bigint
      and contact_id = $2::bigint
    """)
}
