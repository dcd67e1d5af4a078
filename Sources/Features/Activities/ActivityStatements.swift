internal import Postgres

/// Activities of cards; `$1` is the tenant everywhere.
enum ActivityStatements {
  /// In the order of `Activity.init(_:)`.
  static let columns: StaticString = """
    select a.id, a.card_id, a.type, a.subject, a.direction, a.state, a.due_at, a.done_at, a.outcome,
      a.answered_at, a.responsible_id, a.created_by, a.created_at, a.version, a.own_type_id
    """

  /// How many these are: what a statement adds stands behind them.
  static let width = 15

  /// The nearest planned activity of card `c`, which stands on the card: `settle` keeps it there.
  static let nextColumns: StaticString = """
    ,
      c.next_activity_id, c.next_activity_type, c.next_activity_due_at
    """

  /// What makes card `c` a neglected one at a moment: it is open, nothing is planned, and it is not paused.
  static func neglected(at moment: StaticString) -> [StaticString] {
    [
      """
      c.outcome = 'open'
        and c.next_activity_id is null
        and (c.paused_until is null or c.paused_until <=
      """, " ", moment, ")",
    ]
  }

  /// Activity `$2`, and where its card stands in the rights.
  static let get = Statement(joining: [
    columns,
    """
    , c.pipeline_id, c.stage_id, c.responsible_id, c.outcome
    from activity a
    join card c on c.tenant_id = a.tenant_id and c.id = a.card_id
    where a.tenant_id = $1::bigint
      and a.id = $2::bigint
    """,
  ])

  /// The activities of card `$2` with an id above `$3` (all where null), at most `$4`, in state `$5` (any where
  /// null).
  static let list = Statement(joining: [
    columns,
    """

    from activity a
    where a.tenant_id = $1::bigint
      and a.card_id = $2::bigint
      and ($3::bigint is null or a.id > $3::bigint)
      and ($5::text is null or a.state = $5::text)
    order by a.id
    limit $4::bigint
    """,
  ])

  /// Where card `$2` stands in the rights, and of which lead it was made.
  static let card = Statement(
    """
    select c.pipeline_id, c.stage_id, c.responsible_id, c.outcome,
      case when c.converted_from_lead then c.based_on end
    from card c
    where c.tenant_id = $1::bigint
      and c.id = $2::bigint
    """)

  /// The same as `list` with what was done for lead `$6`, of which the card was made; behind them whose the card of
  /// each is.
  static let listWithLead = Statement(joining: [
    columns,
    """
    , c.responsible_id
    from activity a
    join card c on c.tenant_id = a.tenant_id and c.id = a.card_id
    where a.tenant_id = $1::bigint
      and a.card_id = any (array[$2::bigint, $6::bigint])
      and (a.card_id = $2::bigint or a.state = 'done')
      and ($3::bigint is null or a.id > $3::bigint)
      and ($5::text is null or a.state = $5::text)
    order by a.id
    limit $4::bigint
    """,
  ])

  /// Activity `$2` that was done for a lead, where the deal stands in the rights that was made of that, and the deal,
  /// and whose the lead is.
  static let doneForLead = Statement(joining: [
    columns,
    """
    , d.pipeline_id, d.stage_id, d.responsible_id, d.outcome, d.id, l.responsible_id
    from activity a
    join card l on l.tenant_id = a.tenant_id and l.id = a.card_id
    join card d on d.tenant_id = a.tenant_id and d.based_on = l.id and d.converted_from_lead
    where a.tenant_id = $1::bigint
      and a.id = $2::bigint
      and a.state = 'done'
    """,
  ])

  /// The nearest planned call to the client of card `$2`.
  static let plannedCall = Statement(joining: [
    columns,
    """

    from activity a
    where a.tenant_id = $1::bigint
      and a.card_id = $2::bigint
      and a.state = 'planned'
      and a.type = 'call'
      and a.direction = 'outgoing'
    order by a.due_at, a.id
    limit 1
    """,
  ])

  /// A new one, only while its card stands where it did when the caller saw it: `$2` id, `$3` card, `$4` type,
  /// `$5` subject, `$6` direction, `$7` state, `$8` due, `$9` done, `$10` outcome, `$11` answered, `$12`
  /// responsible, `$13` user, `$14` now, `$15` the card's stage, `$16` the card's responsible,
  /// `$17` the company's own type.
  static let insert = Statement(
    """
    with added as (
      insert into activity (tenant_id, id, card_id, type, subject, direction, state, due_at, done_at,
        outcome, answered_at, responsible_id, created_by, created_at, own_type_id)
      select c.tenant_id, $2::bigint, c.id, $4::text, $5::text, $6::text, $7::text, $8::timestamptz,
        $9::timestamptz, $10::text, $11::timestamptz, $12::bigint, $13::bigint, $14::timestamptz,
        $17::bigint
      from card c
      where c.tenant_id = $1::bigint
        and c.id = $3::bigint
        and c.stage_id = $15::bigint
        and c.responsible_id is not distinct from $16::bigint
      returning 1
    )
    select require_one((select count(*) from added))
    """)

  /// `$2` id, `$3` the version that was read, `$4` type, `$5` subject, `$6` state, `$7` due, `$8` done, `$9`
  /// outcome, `$10` responsible, while its card `$11` is in stage `$12` and of `$13`; `$14` the company's own
  /// type.
  static let update = Statement(
    """
    with changed as (
      update activity a
      set type = $4::text,
        subject = $5::text,
        state = $6::text,
        due_at = $7::timestamptz,
        done_at = $8::timestamptz,
        outcome = $9::text,
        responsible_id = $10::bigint,
        own_type_id = $14::bigint,
        version = a.version + 1
      from card c
      where a.tenant_id = $1::bigint
        and a.id = $2::bigint
        and a.version = $3::bigint
        and c.tenant_id = $1::bigint
        and c.id = $11::bigint
        and c.id = a.card_id
        and c.stage_id = $12::bigint
        and c.responsible_id is not distinct from $13::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)

  /// Card `$2` was touched at `$3`. The card itself is the same as before, and so is its version.
  static let touch = Statement(
    """
    with touched as (
      update card
      set touched_at = greatest(touched_at, $3::timestamptz)
      where tenant_id = $1::bigint
        and id = $2::bigint
      returning 1
    )
    select require_one((select count(*) from touched))
    """)

  /// What came in on card `$2` and waited is answered at `$3`.
  static let answer = Statement(
    """
    update activity
    set answered_at = $3::timestamptz,
      version = version + 1
    where tenant_id = $1::bigint
      and card_id = $2::bigint
      and direction = 'incoming'
      and state = 'done'
      and answered_at is null
      and done_at <= $3::timestamptz
    """)

  /// Card `$2` is closed: what was planned is not to be done any more.
  static let cancelPlanned = Statement(
    """
    update activity
    set state = 'cancelled',
      version = version + 1
    where tenant_id = $1::bigint
      and card_id = $2::bigint
      and state = 'planned'
    """)

  /// What user `$3` was to do on card `$2`, and what came in there for them and waits, is to be done by whoever
  /// is responsible for the card.
  static let giveBack = Statement(
    """
    update activity
    set responsible_id = null,
      version = version + 1
    where tenant_id = $1::bigint
      and card_id = $2::bigint
      and responsible_id = $3::bigint
      and (
        state = 'planned'
        or (direction = 'incoming' and state = 'done' and answered_at is null)
      )
    """)

  /// What user `$2` was to do, and what came in for them and waits, is to be done by whoever is responsible for
  /// the card.
  static let leave = Statement(
    """
    update activity
    set responsible_id = null,
      version = version + 1
    where tenant_id = $1::bigint
      and responsible_id = $2::bigint
      and (
        state = 'planned'
        or (direction = 'incoming' and state = 'done' and answered_at is null)
      )
    """)

  /// What is planned on card `$2`, and what came in there and waits, goes on with card `$3`, and is to be done by
  /// whoever is responsible for that.
  static let carry = Statement(
    """
    update activity
    set card_id = $3::bigint,
      responsible_id = null,
      version = version + 1
    where tenant_id = $1::bigint
      and card_id = $2::bigint
      and (
        state = 'planned'
        or (direction = 'incoming' and state = 'done' and answered_at is null)
      )
    """)

  /// Cards `$2` tell of the nearest that is planned on them: after every statement that plans something, or after
  /// which something planned is so no longer, or at another time, or on another card.
  static let settle = Statement("select settle_activities($1::bigint, $2::bigint[])")

  /// The same for all cards with something planned: after a company came out of a file.
  static let settleAll = Statement(
    """
    select settle_activities($1::bigint, array(
      select distinct p.card_id
      from activity p
      where p.tenant_id = $1::bigint
        and p.state = 'planned'
    ))
    """)
}
