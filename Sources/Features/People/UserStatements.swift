internal import Postgres

/// People; `$1` is the tenant everywhere.
enum UserStatements {
  /// `$2` id, `$3` e-mail, `$4` name, `$5` role, `$6` password hash or null, `$7` now.
  static let insert = Statement(
    """
    insert into user_account (tenant_id, id, email, name, role, password_hash, created_at)
    values ($1::bigint, $2::bigint, $3::text, $4::text, $5::text, $6::text, $7::timestamptz)
    """)

  /// More active users than `$2` roll the transaction back; null is no limit.
  static let requireAllowed = Statement(
    """
    select require_below(
      (
        select count(*)
        from user_account
        where tenant_id = $1::bigint
          and state = 'active'
      ),
      $2::bigint
    )
    """)

  /// How many users are active.
  static let countActive = Statement(
    """
    select count(*)
    from user_account
    where tenant_id = $1::bigint
      and state = 'active'
    """)

  private static let columns: StaticString = """
    select u.id, u.email, u.name, u.role, u.state, u.version, u.created_at,
      array(
        select m.team_id
        from team_member m
        where m.tenant_id = u.tenant_id
          and m.user_id = u.id
        order by m.team_id
      ),
      u.password_hash is not null, u.absent_until::text
    from user_account u
    where u.tenant_id = $1::bigint

    """

  /// `$2` the user.
  static let get = Statement(joining: [
    columns,
    """
      and u.id = $2::bigint
    """,
  ])

  /// Those with an id above `$2` (all where null), at most `$3`, in state `$4` and team `$5` (any where
  /// null), and, where `$6` is not null, only those among these ids.
  static let list = Statement(joining: [
    columns,
    """
      and ($2::bigint is null or u.id > $2::bigint)
      and ($4::text is null or u.state = $4::text)
      and (
        $5::bigint is null
        or exists (
          select 1
          from team_member m
          where m.tenant_id = u.tenant_id
            and m.team_id = $5::bigint
            and m.user_id = u.id
        )
      )
      and ($6::bigint[] is null or u.id = any ($6::bigint[]))
    order by u.id
    limit $3::bigint
    """,
  ])

  /// The people whom user `$2` has to do with: those of the same teams and of those below a team the user
  /// leads, those who are granted something on a pipeline that the user works on (`$3`), and whoever is
  /// responsible for a card that the user sees.
  static let colleagues = Statement(
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
    select $2::bigint
    union
    select m.user_id
    from known k
    join team_member m on m.tenant_id = $1::bigint and m.team_id = k.team_id
    union
    select g.user_id
    from access_grant g
    where g.tenant_id = $1::bigint
      and g.pipeline_id = any ($3::bigint[])
      and g.user_id is not null
    union
    select m.user_id
    from access_grant g
    join team_member m on m.tenant_id = g.tenant_id and m.team_id = g.team_id
    where g.tenant_id = $1::bigint
      and g.pipeline_id = any ($3::bigint[])
    union
    select r.id
    from user_account r
    where r.tenant_id = $1::bigint
      and exists (
        select 1
        from card c
        where c.tenant_id = r.tenant_id
          and c.responsible_id = r.id
      )
    """)

  /// Whether `$4` is one of them.
  static let isColleague = Statement(
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
    select
      exists (
        select 1
        from known k
        join team_member m on m.tenant_id = $1::bigint and m.team_id = k.team_id
        where m.user_id = $4::bigint
      )
      or exists (
        select 1
        from access_grant g
        where g.tenant_id = $1::bigint
          and g.pipeline_id = any ($3::bigint[])
          and g.user_id = $4::bigint
      )
      or exists (
        select 1
        from access_grant g
        join team_member m on m.tenant_id = g.tenant_id and m.team_id = g.team_id
        where g.tenant_id = $1::bigint
          and g.pipeline_id = any ($3::bigint[])
          and m.user_id = $4::bigint
      )
      or exists (
        select 1
        from card c
        where c.tenant_id = $1::bigint
          and c.responsible_id = $4::bigint
      )
    """)

  /// `$2` id, `$3` name, `$4` e-mail, `$5` role, `$6` state, `$7` the version that was read.
  static let update = Statement(
    """
    with changed as (
      update user_account
      set name = $3::text,
        email = $4::text,
        role = $5::text,
        state = $6::text,
        absent_until = $8::date,
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $7::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)

  /// The active owners.
  static let countOwners = Statement(
    """
    select count(*)
    from user_account
    where tenant_id = $1::bigint
      and role = 'owner'
      and state = 'active'
    """)

  /// The open cards of user `$2`.
  static let openCardIDs = Statement(
    """
    select id, pipeline_id, stage_id
    from card
    where tenant_id = $1::bigint
      and responsible_id = $2::bigint
      and outcome = 'open'
    order by id
    """)

  /// The cards `$3` of user `$2` go to the users `$4`, each to its own, at `$5`, by user `$6`. If they are
  /// not just the open cards of that user any more, the transaction is rolled back. Nothing was done for the clients
  /// by it: when the cards were last touched stays.
  static let handOut = Statement(
    """
    with given as (
      select g.card_id, g.user_id
      from unnest($3::bigint[], $4::bigint[]) as g (card_id, user_id)
    ),
    changed as (
      update card c
      set responsible_id = g.user_id,
        version = c.version + 1
      from given g
      where c.tenant_id = $1::bigint
        and c.id = g.card_id
        and c.responsible_id = $2::bigint
        and c.outcome = 'open'
      returning c.id, c.version, c.responsible_id
    ),
    logged as (
      insert into card_history (tenant_id, card_id, version, at, user_id, change, details)
      select $1::bigint, id, version, $5::timestamptz, $6::bigint, 'assigned',
        jsonb_build_object('from_user', $2::bigint, 'to_user', responsible_id, 'assignment',
          jsonb_build_object('responsible', responsible_id, 'way', 'handed_over', 'details',
            jsonb_strip_nulls(jsonb_build_object('from', $2::bigint, 'team', $7::bigint))))
      from changed
    )
    select require_one(
      case
        when (select count(*) from changed) = cardinality($3::bigint[])
          and (
            select count(*)
            from card
            where tenant_id = $1::bigint
              and responsible_id = $2::bigint
              and outcome = 'open'
          ) = cardinality($3::bigint[])
        then 1
        else 0
      end
    )
    """)
}
