internal import Postgres

/// Grants; `$1` is the tenant everywhere.
enum GrantStatements {
  /// `$2` id, `$3` pipeline, `$4` user or null, `$5` team or null, `$6` actions, `$7` cards, `$8`
  /// outcome, `$9` who gives it or null, `$10` now.
  static let insert = Statement(
    """
    insert into access_grant (tenant_id, id, pipeline_id, user_id, team_id, actions, cards, outcome,
      granted_by, created_at)
    values ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::text[], $7::text,
      $8::text, $9::bigint, $10::timestamptz)
    """)

  private static let columns: StaticString = """
    select g.id, g.pipeline_id, g.user_id, g.team_id, g.actions, g.cards, g.outcome, g.version
    from access_grant g
    where g.tenant_id = $1::bigint

    """

  /// `$2` the grant.
  static let get = Statement(joining: [
    columns,
    """
      and g.id = $2::bigint
    """,
  ])

  /// The grant on pipeline `$2` to user `$3`, team `$4`, or everyone where both are null.
  static let find = Statement(joining: [
    columns,
    """
      and g.pipeline_id = $2::bigint
      and g.user_id is not distinct from $3::bigint
      and g.team_id is not distinct from $4::bigint
    """,
  ])

  /// All of pipeline `$2`, or all where that is null, by id.
  static let list = Statement(joining: [
    columns,
    """
      and ($2::bigint is null or g.pipeline_id = $2::bigint)
    order by g.id
    """,
  ])

  /// `$2` id, `$3` actions, `$4` cards, `$5` outcome, `$6` who gives it, `$7` the version that was read.
  static let update = Statement(
    """
    with changed as (
      update access_grant
      set actions = $3::text[],
        cards = $4::text,
        outcome = $5::text,
        granted_by = $6::bigint,
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $7::bigint
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
