internal import Postgres

/// The clients' companies; `$1` is the tenant everywhere.
enum ClientCompanyStatements {
  /// Whether the caller sees company `$2`.
  static let exists = Statement(
    """
    select 1
    from company y
    where y.tenant_id = $1::bigint
      and y.id = $2::bigint
    """)

  /// Company `$2`.
  static let get = Statement(
    """
    select y.id, y.name, y.fields, y.created_by, y.created_at, y.version, y.phones,
      y.emails
    from company y
    where y.tenant_id = $1::bigint
      and y.id = $2::bigint
    """)

  /// Company `$2`, or the one into which it was merged.
  static let getOrKept = Statement(
    """
    select y.id, y.name, y.fields, y.created_by, y.created_at, y.version, y.phones, y.emails
    from company y
    where y.tenant_id = $1::bigint
      and y.id = coalesce(
        (
          select m.company_id
          from client_merge m
          where m.tenant_id = $1::bigint
            and m.noun = 'company'
            and m.merged_id = $2::bigint
        ),
        $2::bigint
      )
    """)

  /// Where the cards of company `$2` that the caller sees stand in the rights.
  static let places = Statement(
    """
    select distinct c.pipeline_id, c.stage_id, c.responsible_id, c.outcome
    from card c
    where c.tenant_id = $1::bigint
      and c.company_id = $2::bigint
    """)

  /// Those with an id above `$2` (all where null), at most `$3`, whose names begin with `$4`, with phone `$5`,
  /// e-mail `$6`; each is not asked for where it is null.
  static let list = Statement(joining: [listed, ordered])

  /// The same of those that have a key from `$7` up to `$8`.
  static let listByName = Statement(joining: [
    listed,
    """

      and y.id = any (
        array(
          select w.company_id
          from company_word w
          where w.tenant_id = $1::bigint
            and w.word >= $7::text collate "C"
            and w.word < $8::text collate "C"
        )
      )
    """, ordered,
  ])

  private static let listed: StaticString = """
    select y.id, y.name, y.fields, y.created_by, y.created_at, y.version, y.phones,
      y.emails
    from company y
    where y.tenant_id = $1::bigint
      and ($2::bigint is null or y.id > $2::bigint)
      and ($4::text is null or starts_with(lower(y.name), lower($4::text)))
      and (
        $5::text is null
        or y.id = any (
          array(
            select p.company_id
            from company_point p
            where p.tenant_id = $1::bigint
              and p.value = $5::text
          )
        )
      )
      and (
        $6::text is null
        or y.id = any (
          array(
            select p.company_id
            from company_point p
            where p.tenant_id = $1::bigint
              and p.value = $6::text
          )
        )
      )
    """

  private static let ordered: StaticString = """

    order by y.id
    limit $3::bigint
    """

  /// How many keys lie from `$2` up to `$3`, counted up to `$4`, and whether companies are waiting for theirs.
  static let countNames = Statement(
    """
    select
      (
        select count(*)
        from (
          select 1
          from company_word w
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
          and b.kind = 'company'
      )
    """)

  /// `$2` id, `$3` name, `$4` fields, `$5` user, `$6` now, `$7` the words by which its cards are found,
  /// `$8` phones, `$9` e-mails, `$10` by what it is known again.
  static let insert = Statement(
    """
    with made as (
      insert into company (tenant_id, id, name, fields, created_by, created_at, words, phones, emails)
      values ($1::bigint, $2::bigint, $3::text, $4::jsonb, $5::bigint, $6::timestamptz, $7::text[],
        $8::text[], $9::text[])
    ),
    pointed as (
      insert into company_point (tenant_id, value, company_id)
      select $1::bigint, p.value, $2::bigint
      from unnest($10::text[]) as p (value)
    )
    insert into company_word (tenant_id, word, company_id)
    select $1::bigint, w.word, $2::bigint
    from unnest($7::text[]) as w (word)
    """)

  /// `$2` id, `$3` the version that was read, `$4` name, `$5` fields, `$6` phones, `$7` e-mails, `$8` by
  /// what it is known again.
  static let update = Statement(
    """
    with changed as (
      update company
      set name = $4::text,
        fields = $5::jsonb,
        phones = $6::text[],
        emails = $7::text[],
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    ),
    unpointed as (
      delete from company_point p
      where p.tenant_id = $1::bigint
        and p.company_id = $2::bigint
        and p.value <> all ($8::text[])
    ),
    pointed as (
      insert into company_point (tenant_id, value, company_id)
      select $1::bigint, n.value, $2::bigint
      from unnest($8::text[]) as n (value)
      on conflict do nothing
    )
    select require_one((select count(*) from changed))
    """)

  /// `$2` id, `$3` the version that was read. Cards and contacts of the company hold it by their foreign
  /// keys.
  static let delete = Statement(
    """
    with deleted as (
      delete from company
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning words
    ),
    unworded as (
      delete from company_word w
      using deleted d
      cross join lateral unnest(d.words) as o (word)
      where w.tenant_id = $1::bigint
        and w.word = o.word collate "C"
        and w.company_id = $2::bigint
    )
    select require_one((select count(*) from deleted))
    """)

  /// How many cards and contacts of company `$2` the caller sees.
  static let countUses = Statement(
    """
    select
      (
        select count(*)
        from card c
        where c.tenant_id = $1::bigint
          and c.company_id = $2::bigint
      ),
      (
        select count(*)
        from contact t
        where t.tenant_id = $1::bigint
          and t.company_id = $2::bigint
      )
    """)
}
