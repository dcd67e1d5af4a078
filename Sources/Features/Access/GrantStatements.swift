internal import Postgres

/// Grants; `$1` is the tenant everywhere.
enum GrantStatements {
  /// `$2` id, `$3` pipeline, `$4` user or null, `$5` team or null, `$6` actions, `$7` cards, `$8`
  /// outcome, `$9` stages or null for all, `$10` who gives it or null, `$11` now.
  static let insert = Statement(
    """
    insert into access_grant (tenant_id, id, pipeline_id, user_id, team_id, actions, cards, outcome,
      stages, granted_by, created_at)
    values ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::text[], $7::text,
      $8::text, $9::bigint[], $10::bigint, $11::timestamptz)
    """)

  /// Of the stages those that are still there: numbers of deleted ones are never given anew.
  private static let columns: StaticString = """
    select g.id, g.pipeline_id, g.user_id, g.team_id, g.actions, g.cards, g.outcome,
      case when g.stages is not null then array(
        select s.id
        from stage s
        where s.tenant_id = g.tenant_id
          and s.pipeline_id = g.pipeline_id
          and s.id = any (g.stages)
        order by s.id
      ) end,
      g.version
    from access_grant g
    where g.tenant_id = $1::bigint

    """

  /// All of pipeline `$2`, or all where that is null, by id.
  static let list = Statement(joining: [
    columns,
    """
      and ($2::bigint is null or g.pipeline_id = $2::bigint)
    order by g.id
    """,
  ])

  /// `$2` id, `$3` actions, `$4` cards, `$5` outcome, `$6` stages or null for all, `$7` who gives it, `$8`
  /// the version that was read.
  static let update = Statement(
    """
    with changed as (
      update access_grant
      set actions = $3::text[],
        cards = $4::text,
        outcome = $5::text,
        stages = $6::bigint[],
        granted_by = $7::bigint,
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $8::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)

  /// Grant `$2` goes, if it still has version `$3`.
  static let delete = Statement(
    """
    with deleted as (
      delete from access_grant
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from deleted))
    """)

  /// All to team `$2` go.
  static let deleteOfTeam = Statement(
    """
    delete from access_grant
    where tenant_id = $1::bigint
      and team_id = $2::bigint
    """)
}
