internal import Postgres

/// Stages; `$1` is the tenant everywhere.
enum StageStatements {
  /// `$2` id, `$3` the version that was read, `$4` name, `$5` style, `$6` key mark, `$7` hint, `$8`
  /// required fields, `$9` dwell limit, `$10` whether lost cards are reopened here, `$11`–`$13` the rule on who
  /// becomes responsible, `$14` where it transfers to.
  static let update = Statement(
    """
    with changed as (
      update stage
      set name = $4::text,
        style = $5::text,
        key = $6::boolean,
        hint = $7::text,
        required = $8::text[],
        dwell_limit = $9::text,
        reopens_here = $10::boolean,
        rule_way = $11::text,
        rule_user_id = $12::bigint,
        rule_team_id = $13::bigint,
        transfers_to = $14::bigint,
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)

  /// The places of stages of pipeline `$2`, each an element of the arrays: `$3` ids, `$4` positions. The
  /// order belongs to the pipeline and counts in its version.
  static let place = Statement(
    """
    update stage s
    set position = w.position
    from unnest($3::bigint[], $4::integer[]) as w (id, position)
    where s.tenant_id = $1::bigint
      and s.pipeline_id = $2::bigint
      and s.id = w.id
      and s.position <> w.position
    """)

  /// More stages of pipeline `$2` than `$3` roll the transaction back; null is no limit.
  static let requireAllowed = Statement(
    """
    select require_below(
      (
        select count(*)
        from stage
        where tenant_id = $1::bigint
          and pipeline_id = $2::bigint
      ),
      $3::bigint
    )
    """)

  // MARK: - Taking a stage out from under its cards

  /// How many cards the caller sees in stage `$2`.
  static let countCards = Statement(
    """
    select count(*)
    from card
    where tenant_id = $1::bigint
      and stage_id = $2::bigint
    """)

  /// How many cards stand in each stage of pipeline `$2` that holds any.
  static let countCardsByStage = Statement(
    """
    select stage_id, count(*)
    from card
    where tenant_id = $1::bigint
      and pipeline_id = $2::bigint
    group by stage_id
    """)

  /// The cards that the caller sees in stage `$2`.
  static let cards = Statement(
    """
    select id
    from card
    where tenant_id = $1::bigint
      and stage_id = $2::bigint
    order by id
    """)

  /// Stage `$2` is closed to whatever would enter: a card that comes in has to hold its row. `$3` the
  /// version that was read.
  static let lock = Statement(
    """
    with locked as (
      select 1
      from stage
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      for update
    )
    select require_one((select count(*) from locked))
    """)

  /// The cards of stage `$2`, of which there are `$3`, stay where they are until the end of the
  /// transaction.
  static let lockCards = Statement(
    """
    with locked as (
      select 1
      from card
      where tenant_id = $1::bigint
        and stage_id = $2::bigint
      for update
    )
    select require_one(case when (select count(*) from locked) = $3::bigint then 1 else 0 end)
    """)

  /// The stays in stage `$2` end: `$3` now.
  static let endStays = Statement(
    """
    update stay s
    set left_at = $3::timestamptz
    from card c
    where c.tenant_id = $1::bigint
      and c.stage_id = $2::bigint
      and s.tenant_id = $1::bigint
      and s.card_id = c.id
      and s.left_at is null
    """)

  /// The cards of stage `$2` begin a stay in stage `$3`: `$4` now, `$5` user.
  static let beginStays = Statement(
    """
    insert into stay (tenant_id, card_id, version, stage_id, entered_at, entered_by)
    select $1::bigint, c.id, c.version + 1, $3::bigint, $4::timestamptz, $5::bigint
    from card c
    where c.tenant_id = $1::bigint
      and c.stage_id = $2::bigint
    """)

  /// History says that the cards of stage `$2`, called `$6`, went to stage `$3`: `$4` now, `$5` user; `$7`
  /// the name of the pipeline where that goes away too.
  static let logMoves = Statement(
    """
    insert into card_history (tenant_id, card_id, version, at, user_id, change, details)
    select $1::bigint, c.id, c.version + 1, $4::timestamptz, $5::bigint, 'moved',
      jsonb_strip_nulls(jsonb_build_object(
        'from', $2::bigint,
        'to', $3::bigint,
        'stayed_s', greatest(
          0, floor(extract(epoch from $4::timestamptz - c.stage_entered_at))::bigint
        ),
        'stage_deleted', $6::text,
        'pipeline_deleted', $7::text
      ))
    from card c
    where c.tenant_id = $1::bigint
      and c.stage_id = $2::bigint
    """)

  /// `$2` id.
  static let delete = Statement(
    """
    with deleted as (
      delete from stage
      where tenant_id = $1::bigint
        and id = $2::bigint
      returning 1
    )
    select require_one((select count(*) from deleted))
    """)
}
