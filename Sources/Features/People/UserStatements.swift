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
      )
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

  /// The people whom user `$2` has to do with: those of the same teams, those who are granted something on
  /// a pipeline that the user knows (`$3`), and whoever is responsible for a card that the user sees.
  static let colleagues = Statement(
    """
    select $2::bigint
    union
    select o.user_id
    from team_member m
    join team_member o on o.tenant_id = m.tenant_id and o.team_id = m.team_id
    where m.tenant_id = $1::bigint
      and m.user_id = $2::bigint
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
    select
      exists (
        select 1
        from team_member m
        join team_member o on o.tenant_id = m.tenant_id and o.team_id = m.team_id
        where m.tenant_id = $1::bigint
          and m.user_id = $2::bigint
          and o.user_id = $4::bigint
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

  /// How many open cards user `$2` is responsible for, by pipeline.
  static let openCards = Statement(
    """
    select pipeline_id, count(*)
    from card
    where tenant_id = $1::bigint
      and responsible_id = $2::bigint
      and outcome = 'open'
    group by pipeline_id
    order by pipeline_id
    """)

  /// The open cards of user `$2` go to user `$3`, at `$4`, by user `$5`. Any other number of cards than
  /// `$6` rolls the transaction back: the answer tells how many.
  static let handOver = Statement(
    """
    with changed as (
      update card
      set responsible_id = $3::bigint,
        touched_at = $4::timestamptz,
        version = version + 1
      where tenant_id = $1::bigint
        and responsible_id = $2::bigint
        and outcome = 'open'
      returning id, version
    ),
    logged as (
      insert into card_history (tenant_id, card_id, version, at, user_id, change, details)
      select $1::bigint, id, version, $4::timestamptz, $5::bigint, 'assigned',
        jsonb_build_object('from_user', $2::bigint, 'to_user', $3::bigint)
      from changed
    )
    select require_one(case when (select count(*) from changed) = $6::bigint then 1 else 0 end)
    """)
}
