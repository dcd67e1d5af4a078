internal import Postgres

/// Pipelines; `$1` is the tenant everywhere.
enum PipelineStatements {
  /// `$2` id, `$3` kind, `$4` name, `$5` position, `$6`–`$8` rules, `$9` now,
  /// `$10`–`$12` the way, user and team of the rule on who becomes responsible, `$13` how long a card may live.
  static let insert = Statement(
    """
    insert into pipeline (tenant_id, id, kind, name, position, no_back, no_skip, cross_only_by_win,
      created_at, rule_way, rule_user_id, rule_team_id, life_limit)
    values ($1::bigint, $2::bigint, $3::text, $4::text, $5::integer, $6::text, $7::text, $8::text,
      $9::timestamptz, $10::text, $11::bigint, $12::bigint, $13::text)
    """)

  /// Stages of pipeline `$2`, each an element of the arrays: `$3` ids, `$4` names, `$5` kinds, `$6`
  /// positions, `$7` styles, `$8` key marks, `$9` hints, `$10` required fields as arrays' texts, `$11`
  /// dwell limits, `$12` whether lost cards are reopened here, `$13`–`$15` the rule on who becomes
  /// responsible, `$16` where it transfers to.
  static let insertStages = Statement(
    """
    insert into stage (tenant_id, pipeline_id, id, name, kind, position, style, key, hint, required,
      dwell_limit, reopens_here, rule_way, rule_user_id, rule_team_id, transfers_to)
    select $1::bigint, $2::bigint, s.id, s.name, s.kind, s.position, s.style, s.key, s.hint,
      s.required::text[], s.dwell_limit, s.reopens_here, s.rule_way, s.rule_user_id,
      s.rule_team_id, s.transfers_to
    from unnest($3::bigint[], $4::text[], $5::text[], $6::integer[], $7::text[], $8::boolean[],
      $9::text[], $10::text[], $11::text[], $12::boolean[], $13::text[], $14::bigint[],
      $15::bigint[], $16::bigint[])
      as s (id, name, kind, position, style, key, hint, required, dwell_limit, reopens_here, rule_way,
        rule_user_id, rule_team_id, transfers_to)
    """)

  /// What the pipeline itself says: `$2` id, `$3` the version that was read, `$4` name, `$5`–`$7` rules,
  /// `$8`–`$10` the rule on who becomes responsible, `$11` how long a card may live.
  static let update = Statement(
    """
    with changed as (
      update pipeline
      set name = $4::text,
        no_back = $5::text,
        no_skip = $6::text,
        cross_only_by_win = $7::text,
        rule_way = $8::text,
        rule_user_id = $9::bigint,
        rule_team_id = $10::bigint,
        life_limit = $11::text,
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)

  /// Its list of stages has changed: `$2` id, `$3` the version that was read.
  static let touch = Statement(
    """
    with changed as (
      update pipeline
      set version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)

  /// Where pipelines stand and whether they are put away or frozen, each an element of the arrays: `$2`
  /// ids, `$3` positions, `$4` archived, `$5` frozen, `$6` freeze ranks, `$7` the versions that were
  /// read.
  static let arrange = Statement(
    """
    with wanted as (
      select w.id, w.position, w.archived, w.frozen, w.freeze_rank, w.version
      from unnest($2::bigint[], $3::integer[], $4::boolean[], $5::boolean[], $6::integer[],
        $7::bigint[]) as w (id, position, archived, frozen, freeze_rank, version)
    ),
    changed as (
      update pipeline p
      set position = w.position,
        archived = w.archived,
        frozen = w.frozen,
        freeze_rank = w.freeze_rank,
        version = p.version + 1
      from wanted w
      where p.tenant_id = $1::bigint
        and p.id = w.id
        and p.version = w.version
      returning 1
    )
    select require_one(
      case when (select count(*) from changed) = (select count(*) from wanted) then 1 else 0 end
    )
    """)

  /// Pipeline `$2` is closed to whatever would come in: a new card has to hold its row, before its stage's.
  /// `$3` the version that was read.
  static let lock = Statement(
    """
    with locked as (
      select 1
      from pipeline
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      for update
    )
    select require_one((select count(*) from locked))
    """)

  /// How many imports into pipeline `$2` are going on.
  static let runningImports = Statement(
    """
    select count(*)
    from import
    where tenant_id = $1::bigint
      and pipeline_id = $2::bigint
      and state = 'running'
    """)

  /// Nobody has a right on pipeline `$2` any more.
  static let deleteGrants = Statement(
    """
    delete from access_grant
    where tenant_id = $1::bigint
      and pipeline_id = $2::bigint
    """)

  /// Imports that have ended forget pipeline `$2`; one that goes on holds it by its foreign key.
  static let detachImports = Statement(
    """
    update import
    set pipeline_id = null
    where tenant_id = $1::bigint
      and pipeline_id = $2::bigint
      and state <> 'running'
    """)

  /// The stages of pipeline `$2`; cards that stand in them hold them by their foreign key.
  static let deleteStages = Statement(
    """
    delete from stage
    where tenant_id = $1::bigint
      and pipeline_id = $2::bigint
    """)

  /// `$2` id, `$3` the version that was read.
  static let delete = Statement(
    """
    with deleted as (
      delete from pipeline
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from deleted))
    """)

  /// More active deal pipelines than `$2` roll the transaction back; null is no limit.
  static let requireAllowed = Statement(
    """
    select require_below(
      (
        select count(*)
        from pipeline
        where tenant_id = $1::bigint
          and kind = 'deal'
          and not archived
      ),
      $2::bigint
    )
    """)
}
