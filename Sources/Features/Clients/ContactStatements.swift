internal import Postgres

/// Contacts; `$1` is the tenant everywhere.
enum ContactStatements {
  /// Contact `$2`.
  static let get = Statement(
    """
    select t.id, t.name, t.phone, t.email, t.company_id, t.created_by, t.created_at, t.version
    from contact t
    where t.tenant_id = $1::bigint
      and t.id = $2::bigint
    """)

  /// Where the cards of contact `$2` that the caller sees stand in the rights.
  static let places = Statement(
    """
    select distinct c.pipeline_id, c.stage_id, c.responsible_id, c.outcome
    from card c
    where c.tenant_id = $1::bigint
      and c.contact_id = $2::bigint
    """)

  /// Those with an id above `$2` (all where null), at most `$3`, with phone `$4`, e-mail `$5`, a name that
  /// begins with `$6`, of company `$7`; each is not asked for where it is null.
  static let list = Statement(
    """
    select t.id, t.name, t.phone, t.email, t.company_id, t.created_by, t.created_at, t.version
    from contact t
    where t.tenant_id = $1::bigint
      and ($2::bigint is null or t.id > $2::bigint)
      and ($4::text is null or t.phone_normalised = $4::text)
      and ($5::text is null or t.email_normalised = $5::text)
      and ($6::text is null or starts_with(lower(t.name), lower($6::text)))
      and ($7::bigint is null or t.company_id = $7::bigint)
    order by t.id
    limit $3::bigint
    """)

  /// `$2` id, `$3` name, `$4` phone, `$5` the same as it is compared, `$6` e-mail, `$7` the same as it is
  /// compared, `$8` company, `$9` user, `$10` now, `$11` the words by which it is found.
  static let insert = Statement(
    """
    with made as (
      insert into contact (tenant_id, id, name, phone, phone_normalised, email, email_normalised,
        company_id, created_by, created_at, words)
      values ($1::bigint, $2::bigint, $3::text, $4::text, $5::text, $6::text, $7::text, $8::bigint,
        $9::bigint, $10::timestamptz, $11::text[])
    )
    insert into contact_word (tenant_id, word, contact_id)
    select $1::bigint, w.word, $2::bigint
    from unnest($11::text[]) as w (word)
    """)

  /// `$2` id, `$3`–`$8` as for `insert`, `$9` the version that was read.
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
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $9::bigint
      returning 1
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
