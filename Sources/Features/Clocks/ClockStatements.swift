internal import Postgres
internal import SalesRules

/// When the clocks of cards stand still; `$1` is the tenant everywhere.
///
/// `card.paused_until` is written by the same statements as the rows of `card_pause`, so that who reads cards
/// looks there only for those that have any.
enum ClockStatements {
  // MARK: - What is read with cards

  // It is asked by a function: a sub-select would be reckoned for every card of a page, though it is looked up
  // for the few alone that have pauses.

  /// What a card's row has besides, for `CardClocks`: whenever its clocks stood still.
  static let all: StaticString = """
    ,
      case when c.paused_until is not null then card_pauses(c.tenant_id, c.id) end as pauses
    """

  /// The same, for `CardMarks`: only where they still stood still in the present stay of an open card.
  static let ofStay: StaticString = """
    ,
      case
        when c.outcome = 'open' and c.paused_until > c.stage_entered_at
        then card_pauses(c.tenant_id, c.id)
      end as pauses
    """

  /// Whenever the clocks of card `$2` stood still.
  static let ofCard = Statement(joining: [
    "select c.id", all,
    """

    from card c
    where c.tenant_id = $1::bigint
      and c.id = $2::bigint
    """,
  ])

  /// A condition of a list, with `$12` as the moment.
  static func condition(paused: (Bool, at: Timestamp)?) -> StaticString {
    switch paused?.0 {
    case nil: "\n  and $12::timestamptz is null"
    case true?:
      "\n  and c.outcome = 'open'\n  and c.paused_until is not null\n  and c.paused_until > $12::timestamptz"
    case false?:
      "\n  and (c.outcome <> 'open' or c.paused_until is null or c.paused_until <= $12::timestamptz)"
    }
  }

  /// When day `$2` begins in time zone `$3`.
  static let day = Statement(
    """
    select $2::date::timestamp at time zone $3::text
    where $1::bigint is not null
    """)

  // MARK: - What is written

  /// Card `$2`, whose version was `$3`, is paused from `$4` until `$5` for reason `$6` by user `$7`.
  static let pause = Statement(
    """
    with stopped as (
      update card
      set paused_until = $5::timestamptz
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning version
    )
    insert into card_pause (tenant_id, card_id, version, started_at, until, reason, paused_by)
    select $1::bigint, $2::bigint, version + 1, $4::timestamptz, $5::timestamptz, $6::text, $7::bigint
    from stopped
    """)

  /// The pause of card `$2`, whose version was `$3`, that goes on at `$4` lasts until `$5`, for reason `$6` by user
  /// `$7`.
  static let prolong = Statement(
    """
    with stopped as (
      update card
      set paused_until = $5::timestamptz
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    update card_pause
    set until = greatest($5::timestamptz, started_at),
      reason = $6::text,
      paused_by = $7::bigint
    where tenant_id = $1::bigint
      and card_id = $2::bigint
      and ended_at is null
      and until > $4::timestamptz
      and exists (
        select 1
        from stopped
      )
    """)

  /// The pause of card `$2`, whose version was `$3`, that goes on at `$4` is over.
  static let resume = Statement(
    """
    with running as (
      update card
      set paused_until = $4::timestamptz
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    update card_pause
    set ended_at = greatest($4::timestamptz, started_at)
    where tenant_id = $1::bigint
      and card_id = $2::bigint
      and ended_at is null
      and until > $4::timestamptz
      and exists (
        select 1
        from running
      )
    """)

  /// Card `$2`, whose version was `$3`, was closed at `$5` and is open again at `$4`.
  private static let reopen = Statement(
    """
    with running as (
      update card
      set paused_until = $4::timestamptz
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning version
    )
    insert into card_pause (tenant_id, card_id, version, started_at, until, ended_at)
    select $1::bigint, $2::bigint, version + 1, $5::timestamptz, greatest($4::timestamptz, $5::timestamptz),
      greatest($4::timestamptz, $5::timestamptz)
    from running
    """)

  /// Times for which imported cards were closed before they were open again, elements of the arrays `$2` cards,
  /// `$3` versions, `$4` beginnings and `$5` ends.
  static let reopenImported = Statement(
    """
    with closed as (
      insert into card_pause (tenant_id, card_id, version, started_at, until, ended_at)
      select $1::bigint, r.card_id, r.version, r.started_at, r.ended_at, r.ended_at
      from unnest($2::bigint[], $3::bigint[], $4::timestamptz[], $5::timestamptz[])
        as r (card_id, version, started_at, ended_at)
    )
    update card c
    set paused_until = l.until
    from (
      select r.card_id, max(r.ended_at) as until
      from unnest($2::bigint[], $5::timestamptz[]) as r (card_id, ended_at)
      group by r.card_id
    ) l
    where c.tenant_id = $1::bigint
      and c.id = l.card_id
    """)

  /// What a step of a card does with its clocks: with its closing its pause ends; the time for which it was
  /// closed does not count once it is open again. Most steps do nothing.
  static func step(
    of before: Card, to after: Card, tenant: Int64, at now: Timestamp
  ) -> [BoundStatement] {
    let key: [Parameter] = [
      .integer(tenant), .integer(before.id), .integer(before.version), .timestamp(now),
    ]
    if before.outcome == .open, after.outcome != .open {
      let isPaused = before.pausedUntil.map { $0 > now } ?? false
      return isPaused ? [resume.bind(key)] : []
    }
    guard let closedAt = before.closedAt, after.outcome == .open else { return [] }
    return [reopen.bind(key + [.timestamp(closedAt)])]
  }
}
