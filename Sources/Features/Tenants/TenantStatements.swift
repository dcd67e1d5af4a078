internal import Postgres

/// The catalogue of companies, as the operator has it.
enum TenantStatements {
  /// Those with an id above `$1` (all where null), at most `$2`, in state `$3` (any where null).
  static let list = Statement(
    """
    select id, slug, name, plan_code, state, locale, currency, timezone, created_at, version
    from tenant
    where ($1::bigint is null or id > $1::bigint)
      and ($3::text is null or state = $3::text)
    order by id
    limit $2::bigint
    """)

  static let get = Statement(
    """
    select id, slug, name, plan_code, state, locale, currency, timezone, created_at, version
    from tenant
    where slug = $1::text
    """)

  /// `$1` id, `$2` slug, `$3` name, `$4` plan, `$5` locale, `$6` currency, `$7` time zone, `$8` now.
  static let insert = Statement(
    """
    insert into tenant (id, slug, name, plan_code, locale, currency, timezone, created_at)
    values ($1::bigint, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::timestamptz)
    """)

  static let insertVersion = Statement(
    """
    insert into tenant_version (tenant_id)
    values ($1::bigint)
    """)

  /// `$1` id, `$2` name, `$3` plan, `$4` state, `$5` locale, `$6` time zone, `$7` the version that was
  /// read.
  static let update = Statement(
    """
    with changed as (
      update tenant
      set name = $2::text,
        plan_code = $3::text,
        state = $4::text,
        locale = $5::text,
        timezone = $6::text,
        version = version + 1
      where id = $1::bigint
        and version = $7::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)

  /// The time zones that the database knows by this name: one or none.
  static let timezone = Statement(
    """
    select 1
    from pg_timezone_names
    where name = $1::text
    """)
}
