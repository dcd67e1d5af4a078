internal import Postgres

/// What is to be indexed again; `$1` is the tenant everywhere.
enum SearchBacklogStatements {
  /// Every thing of the kinds `$2` is to be looked at, from the first on.
  static let begin = Statement(
    """
    insert into search_backlog as b (tenant_id, kind)
    select $1::bigint, k.kind
    from unnest($2::text[]) as k (kind)
    on conflict (tenant_id, kind) do update
    set after_id = 0
    """)

  /// How far it has come, by kind.
  static let list = Statement(
    """
    select kind, after_id
    from search_backlog
    where tenant_id = $1::bigint
    order by kind
    """)

  /// The next cards behind `$2`, at most `$3`: id, version, kind, title, fields.
  static let cards = Statement(
    """
    select c.id, c.version, c.kind, c.title, c.fields
    from card c
    where c.tenant_id = $1::bigint
      and c.id > $2::bigint
    order by c.id
    limit $3::bigint
    """)

  /// The next contacts: id, version, name, phone numbers and e-mail addresses as they are compared.
  static let contacts = Statement(
    """
    select c.id, c.version, c.name, c.phone_normalised || c.further_phones_normalised,
      c.email_normalised || c.further_emails_normalised
    from contact c
    where c.tenant_id = $1::bigint
      and c.id > $2::bigint
    order by c.id
    limit $3::bigint
    """)

  /// The next companies: id, version, name, phone numbers and e-mail addresses as they were written.
  static let companies = Statement(
    """
    select c.id, c.version, c.name, c.phones, c.emails
    from company c
    where c.tenant_id = $1::bigint
      and c.id > $2::bigint
    order by c.id
    limit $3::bigint
    """)

  /// Of kind `$2`, it has come from `$3` to `$4`; somebody else's step, or a new beginning, rolls all back.
  static let advance = Statement(
    """
    with advanced as (
      update search_backlog
      set after_id = $4::bigint
      where tenant_id = $1::bigint
        and kind = $2::text
        and after_id = $3::bigint
      returning 1
    )
    select require_one((select count(*) from advanced))
    """)

  /// Of kind `$2`, nothing is left behind `$3`.
  static let end = Statement(
    """
    with ended as (
      delete from search_backlog
      where tenant_id = $1::bigint
        and kind = $2::text
        and after_id = $3::bigint
      returning 1
    )
    select require_one((select count(*) from ended))
    """)
}
