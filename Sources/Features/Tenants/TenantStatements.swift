internal import Postgres

/// The catalogue of companies, as the operator has it.
enum TenantStatements {
  /// Those with an id above `$1` (all where null), at most `$2`, in state `$3`; where that is null, in any
  /// but while they are imported.
  static let list = Statement(
    """
    select id, slug, name, plan_code, state, locale, currency, timezone, created_at, version,
      state_before, purge_at
    from tenant
    where ($1::bigint is null or id > $1::bigint)
      and (state = $3::text or $3::text is null and state <> 'importing')
    order by id
    limit $2::bigint
    """)

  static let get = Statement(
    """
    select id, slug, name, plan_code, state, locale, currency, timezone, created_at, version,
      state_before, purge_at
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
  /// read, `$8` the state before a deletion, `$9` when it may be purged.
  static let update = Statement(
    """
    with changed as (
      update tenant
      set name = $2::text,
        plan_code = $3::text,
        state = $4::text,
        locale = $5::text,
        timezone = $6::text,
        state_before = $8::text,
        purge_at = $9::timestamptz,
        version = version + 1
      where id = $1::bigint
        and version = $7::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)

  /// The companies that may be purged at `$1`.
  static let due = Statement(
    """
    select id
    from tenant
    where purge_at <= $1::timestamptz
    order by id
    """)

  /// Takes at most `$3` rows of company `$1`, whose grace is over at `$2`; null when none is left.
  static let purge = Statement(
    """
    select purge_tenant($1::bigint, $2::timestamptz, $3::bigint)
    """)

  /// The time zones that the database knows by this name: one or none.
  static let timezone = Statement(
    """
    select 1
    from pg_timezone_names
    where name = $1::text
    """)
}
