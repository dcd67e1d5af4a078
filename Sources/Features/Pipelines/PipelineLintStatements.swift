internal import Postgres

/// What `pipeline.lint` asks of cards besides the funnel; `$1` is the tenant, `$2` the pipeline, `$3` and `$4` the
/// first day of the cards' creation and the one after the last, by the company's calendar, null for all.
enum PipelineLintStatements {
  /// How often cards went from which stage to which.
  static let moves = Statement(
    """
    with span as (
      select
        coalesce($3::date::timestamp at time zone t.timezone, '-infinity') as since,
        coalesce($4::date::timestamp at time zone t.timezone, 'infinity') as until
      from tenant t
      where t.id = $1::bigint
    ),
    step as (
      select s.stage_id as entered,
        lag(s.stage_id) over (partition by s.card_id order by s.version) as left_behind
      from card c
      join stay s on s.tenant_id = $1::bigint and s.card_id = c.id
      where c.tenant_id = $1::bigint
        and c.pipeline_id = $2::bigint
        and c.created_at >= (select since from span)
        and c.created_at < (select until from span)
    )
    select left_behind, entered, count(*)
    from step
    where left_behind is not null
    group by left_behind, entered
    """)

  /// How many cards hold a value of which field.
  static let filled = Statement(
    """
    with span as (
      select
        coalesce($3::date::timestamp at time zone t.timezone, '-infinity') as since,
        coalesce($4::date::timestamp at time zone t.timezone, 'infinity') as until
      from tenant t
      where t.id = $1::bigint
    )
    select k.key, count(*)
    from card c
    cross join lateral jsonb_object_keys(c.fields) as k (key)
    where c.tenant_id = $1::bigint
      and c.pipeline_id = $2::bigint
      and c.created_at >= (select since from span)
      and c.created_at < (select until from span)
    group by k.key
    """)
}
