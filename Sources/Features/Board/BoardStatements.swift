internal import Postgres

/// A pipeline's board; `$1` is the tenant everywhere.
enum BoardStatements {
  /// How many cards stand in each stage of pipeline `$2`, and their sum.
  static let counts = Statement(
    """
    select stage_id, count(*), coalesce(sum(amount), 0)
    from card
    where tenant_id = $1::bigint
      and pipeline_id = $2::bigint
    group by stage_id
    """)

  /// The newest cards of each of the stages `$2`, in the order of the stages, at most `$3` a stage.
  static let cards = Statement(joining: [
    CardStatements.columns, ActivityStatements.nextColumns, ClockStatements.ofStay,
    """

    from unnest($2::bigint[]) with ordinality as w (stage_id, place)
    cross join lateral (
      select *
      from card n
      where n.tenant_id = $1::bigint
        and n.stage_id = w.stage_id
      order by n.id desc
      limit $3::bigint
    ) c
    """,
    ActivityStatements.next,
    """

    order by w.place, c.id desc
    """,
  ])
}
