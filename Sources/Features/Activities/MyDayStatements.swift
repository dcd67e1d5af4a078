internal import Postgres

/// What somebody has to do; `$1` is the tenant everywhere, `$2` the user where nothing else is said.
enum MyDayStatements {
  /// The card of an activity, behind the columns of `Activity`, or alone, with when its next payment is due.
  private static let card: StaticString = """
    c.id, c.kind, c.title, c.pipeline_id, c.stage_id, c.responsible_id, c.touched_at, (
      select min(i.due_at)
      from invoice i
      where i.tenant_id = $1::bigint
        and i.card_id = c.id
        and i.state = 'open'
    )::text as payment_due
    """

  /// Day `$2`, today where null, as time zone `$3` has it at `$4`: which it is, when it begins and ends. The
  /// first day of all may begin before there are moments, the last one end after them.
  static let bounds = Statement(
    """
    select d.day,
      greatest(d.day::timestamp at time zone $3::text, '0001-01-01 00:00:00+00'::timestamptz),
      least(
        (d.day + 1)::timestamp at time zone $3::text, '9999-12-31 23:59:59.999999+00'::timestamptz)
    from (
      select coalesce($2::date, ($4::timestamptz at time zone $3::text)::date) as day
    ) d
    where $1::bigint is not null
    """)

  /// What is to be done from `$3` until before `$4`, at most `$5`, those whose payment is nearest first (S4): what
  /// names the user, and what names nobody on the user's cards.
  static let planned = Statement(joining: [
    ActivityStatements.columns, ", ", card,
    """
    , count(*) over ()
    from (
      select n.*
      from activity n
      where n.tenant_id = $1::bigint
        and n.responsible_id = $2::bigint
        and n.state = 'planned'
        and n.due_at >= $3::timestamptz
        and n.due_at < $4::timestamptz
      union all
      select p.*
      from card m
      join activity p on p.tenant_id = m.tenant_id and p.card_id = m.id
      where m.tenant_id = $1::bigint
        and m.responsible_id = $2::bigint
        and p.responsible_id is null
        and p.state = 'planned'
        and p.due_at >= $3::timestamptz
        and p.due_at < $4::timestamptz
    ) a
    join card c on c.tenant_id = a.tenant_id and c.id = a.card_id
    order by payment_due, a.due_at, a.id
    limit $5::bigint
    """,
  ])

  /// What came in on the user's cards and waits for an answer, at most `$3`, the oldest first.
  static let unanswered = Statement(joining: [
    ActivityStatements.columns, ", ", card,
    """
    , count(*) over ()
    from card c
    join activity a on a.tenant_id = c.tenant_id and a.card_id = c.id
    where c.tenant_id = $1::bigint
      and c.responsible_id = $2::bigint
      and a.direction = 'incoming'
      and a.state = 'done'
      and a.answered_at is null
    order by payment_due, a.done_at, a.id
    limit $3::bigint
    """,
  ])

  /// The user's open cards for which nothing is planned and which are not paused at `$4`, at most `$3`, the longest
  /// untouched first.
  static let neglected = Statement(
    joining: [
      "select ", card,
      """
      , count(*) over ()
      from card c
      where c.tenant_id = $1::bigint
        and c.responsible_id = $2::bigint
      """, "\n  and ",
    ] + ActivityStatements.neglected(at: "$4::timestamptz") + [longestUntouched])

  /// Nobody's open cards in the stages `$2`, at most `$3`, the longest untouched first.
  static let unassigned = Statement(joining: [
    "select ", card,
    """
    , count(*) over ()
    from card c
    where c.tenant_id = $1::bigint
      and c.responsible_id is null
      and c.outcome = 'open'
      and c.stage_id = any ($2::bigint[])
    """, longestUntouched,
  ])

  private static let longestUntouched: StaticString = """

    order by payment_due, c.touched_at, c.id
    limit $3::bigint
    """
}
