internal import Postgres

/// What pipelines were made of when; `$1` is the tenant everywhere.
enum PipelineDesignStatements {
  /// The stages of pipeline `$2` as they are, as their object is kept.
  private static let stages: StaticString = """
      (
        select coalesce(
          jsonb_agg(
            jsonb_build_object(
              'id', s.id, 'name', s.name, 'kind', s.kind, 'style', s.style, 'key', s.key
            )
            order by s.position
          ),
          '[]'
        )
        from stage s
        where s.tenant_id = $1::bigint
          and s.pipeline_id = $2::bigint
      )
    """

  /// Before a change: where nothing is kept of pipeline `$2` yet, it was made as it is.
  static let begin = Statement(joining: [
    """
    insert into pipeline_design (tenant_id, pipeline_id, version, since, stages)
    select $1::bigint, p.id, 0, p.created_at,

    """, stages,
    """

    from pipeline p
    where p.tenant_id = $1::bigint
      and p.id = $2::bigint
      and not exists (
        select 1
        from pipeline_design d
        where d.tenant_id = $1::bigint
          and d.pipeline_id = $2::bigint
      )
    """,
  ])

  /// After a change, which has moved the company's version: pipeline `$2` is made so from `$3` on.
  static let keep = Statement(joining: [
    """
    insert into pipeline_design (tenant_id, pipeline_id, version, since, stages)
    select $1::bigint, $2::bigint, v.version, $3::timestamptz,

    """, stages,
    """

    from tenant_version v
    where v.tenant_id = $1::bigint
    """,
  ])

  /// The stages of pipeline `$2` as they were at the end of the day `$3` by the company's calendar or at the
  /// moment `$4`, and since when; before anything was kept, the first that was.
  static let past = Statement(
    """
    with cut as (
      select coalesce(
        ($3::date + 1)::timestamp at time zone t.timezone,
        $4::timestamptz + interval '1 microsecond'
      ) as at
      from tenant t
      where t.id = $1::bigint
    )
    select f.stages::text, f.since
    from (
      (
        select 1 as rank, d.stages, d.since
        from pipeline_design d
        where d.tenant_id = $1::bigint
          and d.pipeline_id = $2::bigint
          and d.since < (select at from cut)
        order by d.version desc
        limit 1
      )
      union all
      (
        select 2, d.stages, d.since
        from pipeline_design d
        where d.tenant_id = $1::bigint
          and d.pipeline_id = $2::bigint
        order by d.version
        limit 1
      )
    ) f
    order by f.rank
    limit 1
    """)
}
