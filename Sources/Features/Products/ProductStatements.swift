internal import Postgres

/// Products; `$1` is the tenant everywhere.
enum ProductStatements {
  /// `$2` id.
  static let get = Statement(
    """
    select id, name, price, version
    from product
    where tenant_id = $1::bigint
      and id = $2::bigint
    """)

  /// Those with an id above `$2` (all where null), at most `$3`, whose names begin so: `$4` (all where
  /// null).
  static let list = Statement(
    """
    select id, name, price, version
    from product
    where tenant_id = $1::bigint
      and ($2::bigint is null or id > $2::bigint)
      and ($4::text is null or starts_with(lower(name), lower($4::text)))
    order by id
    limit $3::bigint
    """)

  /// `$2` id, `$3` name, `$4` price or null.
  static let insert = Statement(
    """
    insert into product (tenant_id, id, name, price)
    values ($1::bigint, $2::bigint, $3::text, $4::numeric)
    """)

  /// `$2` id, `$3` the version that was read, `$4` name, `$5` price or null.
  static let update = Statement(
    """
    with changed as (
      update product
      set name = $4::text,
        price = $5::numeric,
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)
}
