internal import Postgres

/// Teams and who belongs to them; `$1` is the tenant everywhere.
enum TeamStatements {
  /// `$2` id, `$3` name, `$4` kind, `$5` parent or null, `$6` now.
  static let insert = Statement(
    """
    insert into team (tenant_id, id, name, kind, parent_id, created_at)
    values ($1::bigint, $2::bigint, $3::text, $4::text, $5::bigint, $6::timestamptz)
    """)

  private static let columns: StaticString = """
    select t.id, t.name, t.kind, t.parent_id, t.version,
      array(
        select m.user_id
        from team_member m
        where m.tenant_id = t.tenant_id
          and m.team_id = t.id
        order by m.user_id
      ),
      array(
        select m.user_id
        from team_member m
        where m.tenant_id = t.tenant_id
          and m.team_id = t.id
          and m.lead
        order by m.user_id
      )
    from team t
    where t.tenant_id = $1::bigint

    """

  /// `$2` the team.
  static let get = Statement(joining: [
    columns,
    """
      and t.id = $2::bigint
    """,
  ])

  /// All, by id; where `$2` is not null only those among these ids.
  static let list = Statement(joining: [
    columns,
    """
      and ($2::bigint[] is null or t.id = any ($2::bigint[]))
    order by t.id
    """,
  ])

  /// The teams that user `$2` has to do with: own ones, those below a team the user leads, and those
  /// granted something on a pipeline of `$3`.
  static let known = Statement(
    """
    with recursive known (team_id, lead) as (
      select m.team_id, m.lead
      from team_member m
      where m.tenant_id = $1::bigint
        and m.user_id = $2::bigint
      union
      select t.id, true
      from known k
      join team t on t.tenant_id = $1::bigint and t.parent_id = k.team_id
      where k.lead
    )
    select k.team_id
    from known k
    union
    select g.team_id
    from access_grant g
    where g.tenant_id = $1::bigint
      and g.pipeline_id = any ($3::bigint[])
      and g.team_id is not null
    """)

  /// `$2` id, `$3` name, `$4` kind, `$5` parent, `$6` the version that was read.
  static let update = Statement(
    """
    with changed as (
      update team
      set name = $3::text,
        kind = $4::text,
        parent_id = $5::bigint,
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $6::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)

  /// What hangs on team `$2`: teams below it and grants to it.
  static let dependents = Statement(
    """
    select
      array(
        select t.id
        from team t
        where t.tenant_id = $1::bigint
          and t.parent_id = $2::bigint
        order by t.id
      ),
      array(
        select g.id
        from access_grant g
        where g.tenant_id = $1::bigint
          and g.team_id = $2::bigint
        order by g.id
      )
    """)

  /// The teams below team `$2` come below `$3`, or to the top where that is null.
  static let moveUp = Statement(
    """
    update team
    set parent_id = $3::bigint,
      version = version + 1
    where tenant_id = $1::bigint
      and parent_id = $2::bigint
    """)

  /// The people of team `$2` leave it.
  static let deleteMembers = Statement(
    """
    delete from team_member
    where tenant_id = $1::bigint
      and team_id = $2::bigint
    """)

  /// Team `$2` goes, if it still has version `$3`.
  static let delete = Statement(
    """
    with deleted as (
      delete from team
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from deleted))
    """)

  /// User `$2` comes into the teams `$3`, which change by it.
  static let join = Statement(
    """
    with joined as (
      insert into team_member (tenant_id, team_id, user_id)
      select $1::bigint, team_id, $2::bigint
      from unnest($3::bigint[]) as team_id
      returning team_id
    )
    update team t
    set version = t.version + 1
    from joined j
    where t.tenant_id = $1::bigint
      and t.id = j.team_id
    """)

  /// User `$3` belongs to team `$2`, as its lead if `$4`.
  static let place = Statement(
    """
    insert into team_member (tenant_id, team_id, user_id, lead)
    values ($1::bigint, $2::bigint, $3::bigint, $4::boolean)
    on conflict (tenant_id, team_id, user_id) do update
    set lead = excluded.lead
    """)

  /// User `$3` leaves team `$2`.
  static let removeMember = Statement(
    """
    delete from team_member
    where tenant_id = $1::bigint
      and team_id = $2::bigint
      and user_id = $3::bigint
    """)
}
