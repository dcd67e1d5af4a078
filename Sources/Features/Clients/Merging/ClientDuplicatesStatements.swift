internal import Postgres

/// Clients that may be the same; `$1` is the tenant everywhere. Row-level security shows each table's rows of
/// those clients alone that the caller sees.
enum ClientDuplicatesStatements {
  /// Pairs of contacts with the same number or address: those of `$2`, or (where null) each pair once; after the
  /// pair `$3`, `$4` (all where null), at most `$5`.
  static let contacts = Statement(
    """
    select d.id, t.name, d.other, o.name, d.traits
    from (
      select p.contact_id as id, q.contact_id as other,
        array_agg(distinct
          case when starts_with(p.value, '=') then 'name'
            when strpos(p.value, '@') > 0 then 'email'
            else 'phone' end
        ) as traits
      from contact_point p
      join contact_point q on q.tenant_id = $1::bigint
        and q.value = p.value
        and q.contact_id <> p.contact_id
      where p.tenant_id = $1::bigint
        and ($2::bigint is null or p.contact_id = $2::bigint)
        and ($2::bigint is not null or p.contact_id < q.contact_id)
        and ($3::bigint is null or (p.contact_id, q.contact_id) > ($3::bigint, $4::bigint))
      group by p.contact_id, q.contact_id
      order by p.contact_id, q.contact_id
      limit $5::bigint
    ) d
    join contact t on t.tenant_id = $1::bigint and t.id = d.id
    join contact o on o.tenant_id = $1::bigint and o.id = d.other
    order by d.id, d.other
    """)

  /// The same of companies, by name as well.
  static let companies = Statement(
    """
    select d.id, t.name, d.other, o.name, d.traits
    from (
      select p.company_id as id, q.company_id as other,
        array_agg(distinct
          case when starts_with(p.value, '=') then 'name'
            when strpos(p.value, '@') > 0 then 'email'
            else 'phone' end
        ) as traits
      from company_point p
      join company_point q on q.tenant_id = $1::bigint
        and q.value = p.value
        and q.company_id <> p.company_id
      where p.tenant_id = $1::bigint
        and ($2::bigint is null or p.company_id = $2::bigint)
        and ($2::bigint is not null or p.company_id < q.company_id)
        and ($3::bigint is null or (p.company_id, q.company_id) > ($3::bigint, $4::bigint))
      group by p.company_id, q.company_id
      order by p.company_id, q.company_id
      limit $5::bigint
    ) d
    join company t on t.tenant_id = $1::bigint and t.id = d.id
    join company o on o.tenant_id = $1::bigint and o.id = d.other
    order by d.id, d.other
    """)
}
