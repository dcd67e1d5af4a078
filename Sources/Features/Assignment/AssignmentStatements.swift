internal import Postgres

/// Choosing who becomes responsible; `$1` is the tenant everywhere.
enum AssignmentStatements {
  /// Those who could be chosen, of team `$2` or user `$3` alone: whether they are active, whether they are
  /// away at `$4`, and, where `$6`, how many open cards of pipeline `$5` are theirs.
  static let candidates = Statement(
    """
    select u.id, u.state = 'active',
      coalesce(u.absent_until >= ($4::timestamptz at time zone t.timezone)::date, false),
      case
        when $6::boolean
        then (
          select count(*)
          from card c
          where c.tenant_id = $1::bigint
            and c.responsible_id = u.id
            and c.pipeline_id = $5::bigint
            and c.outcome = 'open'
        )
        else 0
      end
    from user_account u
    join tenant t on t.id = u.tenant_id
    where u.tenant_id = $1::bigint
      and (
        u.id = $3::bigint
        or u.id in (
          select m.user_id
          from team_member m
          where m.tenant_id = $1::bigint
            and m.team_id = $2::bigint
        )
      )
    order by u.id
    """)

  // MARK: - Taking turns

  /// In a member's transaction, for the turn alone.
  static let openDoor = Statement("select set_config('voronka.everything', 'on', true)")

  /// Behind it.
  static let closeDoor = Statement("select set_config('voronka.everything', '', true)")

  /// Whose turn it is in pipeline `$2` among team `$3`.
  static let rotation = Statement(
    """
    select version, people
    from rotation
    where tenant_id = $1::bigint
      and pipeline_id = $2::bigint
      and team_id = $3::bigint
    """)

  /// A turn is taken: `$4` the version that was read, 0 where there was none, `$5` people.
  static let takeTurn = Statement(
    """
    with taken as (
      insert into rotation (tenant_id, pipeline_id, team_id, version, people)
      values ($1::bigint, $2::bigint, $3::bigint, 1, $5::bigint[])
      on conflict (tenant_id, pipeline_id, team_id) do update
      set version = rotation.version + 1,
        people = excluded.people
      where rotation.version = $4::bigint
      returning 1
    )
    select require_one((select count(*) from taken))
    """)

  // MARK: - Repeat leads

  /// The newest 20 cards of contact `$2` and of those that are known by one of `$3`.
  static let earlierCards = Statement(
    """
    select e.id
    from (
      select c.id
      from card c
      where c.tenant_id = $1::bigint
        and c.contact_id in (
          select $2::bigint
          union all
          select p.contact_id
          from contact_point p
          where p.tenant_id = $1::bigint
            and p.value = any ($3::text[])
        )
      union
      select c.id
      from company_point p
      join card c on c.tenant_id = $1::bigint and c.company_id = p.company_id
      where p.tenant_id = $1::bigint
        and p.value = any ($3::text[])
    ) e
    order by e.id desc
    limit 20
    """)
}
