internal import Postgres

/// What cards ask of contacts; `$1` is the tenant everywhere.
enum CardContactStatements {
  /// What of contact `$2` is known, and whether it has a card already.
  static let get = Statement(
    """
    select true, t.phone is not null, t.email is not null,
      exists (
        select 1
        from card c
        where c.tenant_id = t.tenant_id
          and c.contact_id = t.id
      )
    from contact t
    where t.tenant_id = $1::bigint
      and t.id = $2::bigint
    """)

  /// The contact with phone `$2`, else with e-mail `$3`; of several the oldest.
  static let find = Statement(
    """
    select f.id, true, f.has_phone, f.has_email
    from (
      (
        select t.id, t.phone is not null as has_phone, t.email is not null as has_email, 1 as rank
        from contact t
        where t.tenant_id = $1::bigint
          and t.phone_normalised = $2::text
        order by t.id
        limit 1
      )
      union all
      (
        select t.id, t.phone is not null, t.email is not null, 2
        from contact t
        where t.tenant_id = $1::bigint
          and t.email_normalised = $3::text
        order by t.id
        limit 1
      )
    ) f
    order by f.rank
    limit 1
    """)

  /// `$2` id, `$3` name, `$4` phone, `$5` the same normalised, `$6` e-mail, `$7` the same normalised,
  /// `$8` user, `$9` now, `$10` the words by which its cards are found.
  static let insert = Statement(
    """
    with made as (
      insert into contact (tenant_id, id, name, phone, phone_normalised, email, email_normalised,
        created_by, created_at, words)
      values ($1::bigint, $2::bigint, $3::text, $4::text, $5::text, $6::text, $7::text, $8::bigint,
        $9::timestamptz, $10::text[])
    )
    insert into contact_word (tenant_id, word, contact_id)
    select $1::bigint, w.word, $2::bigint
    from unnest($10::text[]) as w (word)
    """)

  /// Whether the client's company `$2` is there.
  static let company = Statement(
    """
    select 1
    from company y
    where y.tenant_id = $1::bigint
      and y.id = $2::bigint
    """)
}
