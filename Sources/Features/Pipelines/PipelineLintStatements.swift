internal import Postgres

/// What `pipeline.lint` asks of cards besides the funnel; `$1` is the tenant, `$2` the pipeline, `$3` and `$4` the
/// first day of the cards' creation and the one after the last, by the company's calendar, null for all.
enum PipelineLintStatements {
  /// How often cards went from which open stage to which, and whether that was back: each step is judged by the
  /// design of the pipeline that was valid when it was made. Before anything was kept the first that was holds.
  static let moves = Statement(
    """
    with span as (
      select
        coalesce($3::date::timestamp at time zone t.timezone, '-infinity') as since,
        coalesce($4::date::timestamp at time zone t.timezone, 'infinity') as until
      from tenant t
      where t.id = $1::bigint
    ),
    design as (
      select d.stages,
        case
          when row_number() over (order by d.version) = 1 then '-infinity'
          else d.since
        end as since,
        coalesce(lead(d.since) over (order by d.version), 'infinity') as until
      from pipeline_design d
      where d.tenant_id = $1::bigint
        and d.pipeline_id = $2::bigint
    ),
    place as (
      select d.since, d.until, (e.stage->>'id')::bigint as stage_id, e.place
      from design d
      cross join lateral jsonb_array_elements(d.stages) with ordinality as e (stage, place)
      where d.since < d.until
        and e.stage->>'kind' = 'open'
    ),
    step as (
      select s.stage_id as entered, s.entered_at,
        lag(s.stage_id) over (partition by s.card_id order by s.version) as left_behind
      from card c
      join stay s on s.tenant_id = $1::bigint and s.card_id = c.id
      where c.tenant_id = $1::bigint
        and c.pipeline_id = $2::bigint
        and c.created_at >= (select since from span)
        and c.created_at < (select until from span)
    )
    select t.left_behind, t.entered, n.place < o.place, count(*)
    from step t
    join place n on n.stage_id = t.entered
      and t.entered_at >= n.since
      and t.entered_at < n.until
    join place o on o.stage_id = t.left_behind
      and o.since = n.since
      and o.until = n.until
    group by 1, 2, 3
    """)

  /// Since when the open stages of pipeline `$2` have been the ones `$3`, in this order; null where they always
  /// were.
  static let sameSince = Statement(
    """
    with design as (
      select d.version, d.since,
        array(
          select (e.stage->>'id')::bigint
          from jsonb_array_elements(d.stages) with ordinality as e (stage, place)
          where e.stage->>'kind' = 'open'
          order by e.place
        ) = $3::bigint[] as is_same
      from pipeline_design d
      where d.tenant_id = $1::bigint
        and d.pipeline_id = $2::bigint
    ),
    other as (
      select max(d.version) as version
      from design d
      where not d.is_same
    )
    select min(d.since)
    from design d
    where d.version > (select version from other)
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
