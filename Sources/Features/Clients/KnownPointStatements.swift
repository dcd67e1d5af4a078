internal import Postgres

/// Who has a number or an address, in the whole company; `$1` is the tenant everywhere.
enum KnownPointStatements {
  /// The contacts with one of the numbers and addresses `$2`: the hundred newest.
  static let contacts = Statement(
    """
    select distinct p.contact_id
    from contact_point p
    where p.tenant_id = $1::bigint
      and p.value = any ($2::text[])
    order by p.contact_id desc
    limit 100
    """)

  /// Whether one of the numbers and addresses `$2` is that of a client's company.
  static let isOfCompany = Statement(
    """
    select exists (
      select 1
      from company_point p
      where p.tenant_id = $1::bigint
        and p.value = any ($2::text[])
    )
    """)

  /// Holds the numbers and addresses `$2` until the transaction ends; where other contacts than `$3` have one of
  /// them meanwhile, everything is rolled back.
  static let hold = Statement(
    """
    select hold_contact_points($1::bigint, $2::text[], $3::bigint[])
    """)
}
