internal import Postgres
internal import SalesRules

/// Leads and deals, with their stays and history; `$1` is the tenant everywhere.
enum CardStatements {
  /// In the order of `Card.init(_:)` and `CardRowWriter`.
  static let columns: StaticString = """
    select c.id, c.kind, c.pipeline_id, c.stage_id, c.outcome, c.title, c.amount, c.contact_id,
      c.company_id, c.responsible_id, c.source, c.fields, c.repeat, c.reason_id, c.comment,
      c.based_on, c.created_at, c.stage_entered_at, c.touched_at, c.closed_at, c.version,
      c.last_contact_status_id, c.last_contact_at
    """

  /// How many these are: what a statement adds stands behind them.
  static let width = 23

  /// `$2` id, `$3` kind.
  static let get = Statement(joining: [
    columns,
    """

    from card c
    where c.tenant_id = $1::bigint
      and c.id = $2::bigint
      and c.kind = $3::text
    """,
  ])

  /// A card with the nearest of its planned activities, whether it has lines, and its pauses: `$2` id, `$3` kind.
  static let getWithNext = Statement(joining: [
    columns, ActivityStatements.nextColumns, ", c.has_lines", ClockStatements.all, fromCard,
    ofKind,
  ])

  /// Which column of `getWithNext` tells whether there are lines.
  static let hasLines = width + 3
  /// Which column of `getWithNext` and `LineStatements.getDeal` tells of pauses.
  static let pauses = width + 4

  /// The deal that lead `$2` was converted into in pipeline `$3`, wherever it stands now.
  static let conversion = Statement(joining: [
    columns,
    """

    from card c
    join stay s on s.tenant_id = c.tenant_id and s.card_id = c.id and s.version = 1
    left join stage g on g.tenant_id = s.tenant_id and g.id = s.stage_id
    where c.tenant_id = $1::bigint
      and c.based_on = $2::bigint
      and coalesce(g.pipeline_id, c.pipeline_id) = $3::bigint
      and c.converted_from_lead
    """,
  ])

  /// A card with what the gate asks besides: `$2` id, `$3` kind. What nobody asks for is not looked up, since
  /// each table behind a policy of its own costs as much as the card.
  static func getForStep(asksContact: Bool, asksInvoice: Bool) -> Statement {
    asksContact
      ? asksInvoice ? getWithContactAndInvoice : getWithContact
      : asksInvoice ? getWithInvoice : getForStepAlone
  }

  private static let getForStepAlone = Statement(joining: [
    columns, contactUnasked, invoiceUnasked, pausedFromCard, ofKind,
  ])
  private static let getWithContact = Statement(joining: [
    columns, contactFilled, invoiceUnasked, pausedFromCard, withContact, ofKind,
  ])
  private static let getWithInvoice = Statement(joining: [
    columns, contactUnasked, hasPaidInvoice, pausedFromCard, ofKind,
  ])
  private static let getWithContactAndInvoice = Statement(joining: [
    columns, contactFilled, hasPaidInvoice, pausedFromCard, withContact, ofKind,
  ])

  private static let contactFilled: StaticString = """
    , t.name as contact_name,
      coalesce(t.phone_normalised || t.further_phones_normalised, '{}') as contact_phones,
      coalesce(t.email_normalised || t.further_emails_normalised, '{}') as contact_emails
    """
  private static let contactUnasked: StaticString = """
    , null::text as contact_name, '{}'::text[] as contact_phones, '{}'::text[] as contact_emails
    """
  private static let hasPaidInvoice: StaticString = """
    , exists (
        select 1
        from invoice i
        where i.tenant_id = c.tenant_id
          and i.card_id = c.id
          and i.state = 'paid'
      ) as has_paid_invoice
    """
  private static let invoiceUnasked: StaticString = ", false as has_paid_invoice"
  private static let fromCard: StaticString = "\nfrom card c"
  private static let pausedFromCard: StaticString = ", c.paused_until\nfrom card c"
  private static let withContact: StaticString =
    "\nleft join contact t on t.tenant_id = c.tenant_id and t.id = c.contact_id"
  private static let ofKind: StaticString = """

    where c.tenant_id = $1::bigint
      and c.id = $2::bigint
      and c.kind = $3::text
    """

  /// Whether card `$2` is a lead or a deal.
  static let kind = Statement(
    """
    select c.kind
    from card c
    where c.tenant_id = $1::bigint
      and c.id = $2::bigint
    """)

  /// Whether an open card in pipeline `$3` was made on the base of card `$2`.
  static let hasOpenCopy = Statement(
    """
    select exists (
      select 1
      from card c
      where c.tenant_id = $1::bigint
        and c.based_on = $2::bigint
        and c.pipeline_id = $3::bigint
        and c.outcome = 'open'
    )
    """)

  /// The open stage in which card `$2` last stood.
  static let lastOpenStage = Statement(
    """
    select s.stage_id
    from stay s
    join stage g on g.tenant_id = s.tenant_id and g.id = s.stage_id
    where s.tenant_id = $1::bigint
      and s.card_id = $2::bigint
      and g.kind = 'open'
    order by s.version desc
    limit 1
    """)

  /// The open stage of pipeline `$3` in which card `$2` last stood.
  static let lastOpenStageOfPipeline = Statement(
    """
    select s.stage_id
    from stay s
    join stage g on g.tenant_id = s.tenant_id and g.id = s.stage_id
    where s.tenant_id = $1::bigint
      and s.card_id = $2::bigint
      and g.pipeline_id = $3::bigint
      and g.kind = 'open'
    order by s.version desc
    limit 1
    """)

  /// A change that leaves the card in its stage: `$2` id, `$3` the version that was read, `$4` title,
  /// `$5` amount, `$6` contact, `$7` company, `$8` responsible, `$9` source, `$10` fields, `$11` now,
  /// `$12` user, `$13` change, `$14` details, `$15` repeat, `$16` when it was touched: an activity that was done
  /// meanwhile touched it later.
  static let change = Statement(
    """
    with changed as (
      update card
      set title = $4::text,
        amount = $5::numeric,
        contact_id = $6::bigint,
        company_id = $7::bigint,
        responsible_id = $8::bigint,
        source = $9::text,
        fields = $10::jsonb,
        repeat = $15::boolean,
        touched_at = greatest(touched_at, $16::timestamptz),
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning version
    ),
    logged as (
      insert into card_history (tenant_id, card_id, version, at, user_id, change, details)
      select $1::bigint, $2::bigint, version, $11::timestamptz, $12::bigint, $13::text, $14::jsonb
      from changed
    )
    select require_one((select count(*) from changed))
    """)

  /// What hangs on card `$2`: payments, invoices, activities, notes.
  static let belongings = Statement(
    """
    select
      (
        select count(*)
        from payment p
        where p.tenant_id = $1::bigint
          and p.card_id = $2::bigint
      ),
      (
        select count(*)
        from invoice i
        where i.tenant_id = $1::bigint
          and i.card_id = $2::bigint
      ),
      (
        select count(*)
        from activity a
        where a.tenant_id = $1::bigint
          and a.card_id = $2::bigint
      ),
      (
        select count(*)
        from note n
        where n.tenant_id = $1::bigint
          and n.card_id = $2::bigint
      )
    """)

  /// Card `$2` goes with all that hangs on it, if it still has version `$3` and nobody has paid for it.
  static let delete = Statement(
    """
    with deleted as (
      delete from card
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
        and not exists (
          select 1
          from payment p
          where p.tenant_id = $1::bigint
            and p.card_id = $2::bigint
        )
      returning words
    ),
    unworded as (
      delete from card_word w
      using deleted d
      cross join lateral unnest(d.words) as o (word)
      where w.tenant_id = $1::bigint
        and w.word = o.word collate "C"
        and w.card_id = $2::bigint
    )
    select require_one((select count(*) from deleted))
    """)

  /// The changes of card `$2` after number `$3` (all where null), at most `$4`; why the card went to whom stands
  /// apart.
  static let history = Statement(
    """
    select h.version, h.at, h.user_id, h.change, h.details - 'assignment',
      h.details #>> '{assignment,way}', (h.details #>> '{assignment,responsible}')::bigint,
      coalesce(h.details #> '{assignment,details}', '{}')
    from card_history h
    where h.tenant_id = $1::bigint
      and h.card_id = $2::bigint
      and ($3::bigint is null or h.version > $3::bigint)
    order by h.version
    limit $4::bigint
    """)

}
