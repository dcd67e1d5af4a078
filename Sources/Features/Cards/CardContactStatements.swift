internal import Postgres

/// What cards ask of contacts; `$1` is the tenant everywhere.
enum CardContactStatements {
  /// Contact `$2`: its id, what is known of it, and whether it has a card already. The one into which it was
  /// merged stands for it.
  static let get = Statement(
    """
    select t.id, t.name, coalesce(t.phone_normalised || t.further_phones_normalised, '{}'),
      coalesce(t.email_normalised || t.further_emails_normalised, '{}'),
      exists (
        select 1
        from card c
        where c.tenant_id = t.tenant_id
          and c.contact_id = t.id
      )
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

  /// Whether contact `$2` has a card.
  static let hasCard = Statement(
    """
    select exists (
      select 1
      from card c
      where c.tenant_id = $1::bigint
        and c.contact_id = $2::bigint
    )
    """)

  /// The contact with one of the numbers and addresses `$2`: numbers before addresses; of several the oldest.
  static let find = Statement(
    """
    select t.id, t.name, coalesce(t.phone_normalised || t.further_phones_normalised, '{}'),
      coalesce(t.email_normalised || t.further_emails_normalised, '{}')
    from contact_point p
    join contact t on t.tenant_id = $1::bigint and t.id = p.contact_id
    where p.tenant_id = $1::bigint
      and p.value = any ($2::text[])
    order by strpos(p.value, '@') > 0, p.contact_id
    limit 1
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
