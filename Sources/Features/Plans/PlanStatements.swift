internal import Postgres

/// The catalogue of plans.
enum PlanStatements {
  /// The plans after the code `$1` (all where null), at most `$2`.
  static let list = Statement(
    """
    select code, name, price, currency, deal_pipelines, stages_per_pipeline, users, custom_fields,
      robots, requests_per_second, features, state, version, history_days, audit_days,
      idempotency_hours
    from plan
    where $1::text is null
      or code > $1::text
    order by code
    limit $2::bigint
    """)

  /// All that are sold.
  static let active = Statement(
    """
    select code, name, price, currency, deal_pipelines, stages_per_pipeline, users, custom_fields,
      robots, requests_per_second, features, state, version, history_days, audit_days,
      idempotency_hours
    from plan
    where state = 'active'
    order by code
    """)

  static let get = Statement(
    """
    select code, name, price, currency, deal_pipelines, stages_per_pipeline, users, custom_fields,
      robots, requests_per_second, features, state, version, history_days, audit_days,
      idempotency_hours
    from plan
    where code = $1::text
    """)

  /// `$1` code, `$2` name, `$3` price, `$4` currency, `$5`–`$10` limits, `$11` features, `$12`–`$14`
  /// for how many days history and audit and for how many hours keys are kept, `$15` now.
  static let insert = Statement(
    """
    insert into plan (code, name, price, currency, deal_pipelines, stages_per_pipeline, users,
      custom_fields, robots, requests_per_second, features, history_days, audit_days,
      idempotency_hours, created_at)
    values ($1::text, $2::text, $3::numeric, $4::text, $5::integer, $6::integer, $7::integer,
      $8::integer, $9::integer, $10::integer, $11::text[], $12::integer, $13::integer,
      $14::integer, $15::timestamptz)
    """)

  /// As for `insert`, then `$15` state, `$16` the version that was read.
  static let update = Statement(
    """
    with changed as (
      update plan
      set name = $2::text,
        price = $3::numeric,
        currency = $4::text,
        deal_pipelines = $5::integer,
        stages_per_pipeline = $6::integer,
        users = $7::integer,
        custom_fields = $8::integer,
        robots = $9::integer,
        requests_per_second = $10::integer,
        features = $11::text[],
        history_days = $12::integer,
        audit_days = $13::integer,
        idempotency_hours = $14::integer,
        state = $15::text,
        version = version + 1
      where code = $1::text
        and version = $16::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)

  /// The companies on plan `$1`.
  static let companies = Statement(
    """
    select id, slug
    from tenant
    where plan_code = $1::text
    order by id
    """)

  /// Other companies on plan `$1` than `$2` roll the transaction back.
  static let requireCompanies = Statement(
    """
    select require_one(
      case when array(
        select id
        from tenant
        where plan_code = $1::text
        order by id
      ) = $2::bigint[] then 1 else 0 end
    )
    """)

  /// Plan `$1` stays at version `$2` until the end of the transaction.
  static let hold = Statement(
    """
    with held as (
      select 1
      from plan
      where code = $1::text
        and version = $2::bigint
      for share
    )
    select require_one((select count(*) from held))
    """)

  /// The companies on plan `$1` have what they know of it anew.
  static let moveVersions = Statement(
    """
    update tenant_version v
    set version = v.version + 1
    from tenant t
    where t.plan_code = $1::text
      and v.tenant_id = t.id
    """)
}
