internal import JSON
internal import Postgres
internal import SalesRules

/// Everything that writes a card's stage and outcome; `$1` is the tenant everywhere.
///
/// The statements are nobody's but this file's, and stages and outcomes come from a `GatePassage` alone, which
/// only `StageGate` makes. A test reads the sources for others.
enum CardPlaceStatements {
  // MARK: - A new card

  /// A new card in its first stage, with its stay and the first row of its history: `$2` id, `$3` kind,
  /// `$4` pipeline, `$5` stage, `$6` title, `$7` amount, `$8` contact, `$9` company, `$10` responsible,
  /// `$11` source, `$12` fields, `$13` repeat, `$14` based on, `$15` converted from a lead, `$16` user,
  /// `$17` now, `$18` history's details, `$19` the words by which it is found, `$20` whether it has
  /// lines, `$21` the status of the last contact, `$22` when that was.
  private static let insertion = Statement(
    """
    with made as (
      insert into card (tenant_id, id, kind, pipeline_id, stage_id, outcome, title, amount, contact_id,
        company_id, responsible_id, source, fields, repeat, based_on, converted_from_lead, created_by,
        created_at, stage_entered_at, touched_at, words, has_lines,
        last_contact_status_id, last_contact_at)
      values ($1::bigint, $2::bigint, $3::text, $4::bigint, $5::bigint, 'open', $6::text,
        $7::numeric, $8::bigint, $9::bigint, $10::bigint, $11::text, $12::jsonb, $13::boolean,
        $14::bigint, $15::boolean, $16::bigint, $17::timestamptz, $17::timestamptz,
        $17::timestamptz, $19::text[], $20::boolean, $21::bigint, $22::timestamptz)
    ),
    stayed as (
      insert into stay (tenant_id, card_id, version, stage_id, entered_at, entered_by)
      values ($1::bigint, $2::bigint, 1, $5::bigint, $17::timestamptz, $16::bigint)
    ),
    worded as (
      insert into card_word (tenant_id, word, card_id)
      select $1::bigint, w.word, $2::bigint
      from unnest($19::text[]) as w (word)
    )
    insert into card_history (tenant_id, card_id, version, at, user_id, change, details)
    values ($1::bigint, $2::bigint, 1, $17::timestamptz, $16::bigint, 'created', $18::jsonb)
    """)

  /// A new card in the stage to which the passage leads.
  static func insert(
    _ card: Card, through passage: GatePassage, isConverted: Bool, words: SearchWords,
    hasLines: Bool, leftOut: JSONObject, addedToContact: [String], for responsible: Responsible,
    by user: Int64, tenant: Int64
  ) -> BoundStatement {
    var details: JSONObject = [
      "to": .integer(passage.newStage), Responsible.member: responsible.told,
    ]
    if let basedOn = card.basedOn { details["based_on"] = .integer(basedOn) }
    if let contact = card.lastContact { details["last_contact"] = .integer(contact.status) }
    if !passage.warnings.isEmpty {
      details["warnings"] = .array(passage.warnings.map { .string($0.code) })
    }
    if !leftOut.members.isEmpty { details["left_out"] = .object(leftOut) }
    if !addedToContact.isEmpty {
      details["added_to_contact"] = .array(addedToContact.map { .string($0) })
    }
    return insertion(
      .integer(tenant), .integer(card.id), .text(card.kind.rawValue), .integer(card.pipeline),
      .integer(passage.newStage), .text(card.title), .string(card.amount?.description),
      .integer(card.contact), .integer(card.company), .integer(card.responsible),
      .string(card.source), .bytes(RawJSON(.object(card.fields)).bytes), .bool(card.isRepeat),
      .integer(card.basedOn), .bool(isConverted), .integer(user), .timestamp(card.createdAt),
      .bytes(RawJSON(.object(details)).bytes), .strings(words.sorted), .bool(hasLines),
      .integer(card.lastContact?.status), .timestamp(card.lastContact?.at))
  }

  // MARK: - A step

  /// A step into another stage: `$2` id, `$3` the version that was read, `$4` fields, `$5` stage, `$6`
  /// outcome, `$7` reason, `$8` comment, `$9` when it was closed, `$10` now, `$11` user, `$12` change,
  /// `$13` details.
  private static let entering = Statement(joining: [
    enteringHead, nextVersion, enteringTail, entered,
  ])

  /// The same, and `$14` becomes responsible.
  private static let handingOn = Statement(joining: [
    enteringHead, nextVersion,
    """
        responsible_id = $14::bigint,

    """,
    enteringTail, entered,
  ])

  /// As before, and it goes on in pipeline `$15`.
  private static let crossing = Statement(joining: [
    enteringHead, nextVersion,
    """
        responsible_id = $14::bigint,
        pipeline_id = $15::bigint,

    """,
    enteringTail, entered,
  ])

  /// A step through stage `$14`, in which the card stays for no time at all and counts as having been.
  private static let transferring = Statement(joining: [
    enteringHead,
    """
        version = version + 2,

    """,
    enteringTail,
    """
    passed as (
      insert into stay (tenant_id, card_id, version, stage_id, entered_at, left_at, entered_by)
      select $1::bigint, $2::bigint, version - 1, $14::bigint, $10::timestamptz, $10::timestamptz,
        $11::bigint
      from changed
    ),

    """,
    entered,
  ])

  private static let nextVersion: StaticString = """
        version = version + 1,

    """

  private static let enteringHead: StaticString = """
    with changed as (
      update card
      set fields = $4::jsonb,
        stage_id = $5::bigint,
        outcome = $6::text,

    """

  private static let enteringTail: StaticString = """
        reason_id = $7::bigint,
        comment = $8::text,
        closed_at = $9::timestamptz,
        stage_entered_at = $10::timestamptz,
        touched_at = $10::timestamptz
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning version
    ),
    left_stage as (
      update stay
      set left_at = $10::timestamptz
      where tenant_id = $1::bigint
        and card_id = $2::bigint
        and left_at is null
      returning 1
    ),

    """

  private static let entered: StaticString = """
    stayed as (
      -- After the old stay has ended: a card is in one stage at a time.
      insert into stay (tenant_id, card_id, version, stage_id, entered_at, entered_by)
      select $1::bigint, $2::bigint, version, $5::bigint, $10::timestamptz, $11::bigint
      from changed
      where (select count(*) from left_stage) >= 0
    ),
    logged as (
      insert into card_history (tenant_id, card_id, version, at, user_id, change, details)
      select $1::bigint, $2::bigint, version, $10::timestamptz, $11::bigint, $12::text, $13::jsonb
      from changed
    )
    select require_one((select count(*) from changed))
    """

  /// A card goes where the passage leads, past a stage that transfers where one is named: `key` tenant, id and
  /// version read, `log` now, user, change and details.
  static func step(
    _ after: Card, from before: Card, past stage: Int64? = nil, through passage: GatePassage,
    key: [Parameter], log: [Parameter]
  ) -> BoundStatement {
    // A lead that becomes a deal stays with whom it was.
    let isHandedOn = stage == nil && after.responsible != before.responsible
    var statement = stage != nil ? transferring : isHandedOn ? handingOn : entering
    var further: [Parameter] =
      stage.map { [.integer($0)] } ?? (isHandedOn ? [.integer(after.responsible)] : [])
    if after.pipeline != before.pipeline {
      statement = crossing
      further = [.integer(after.responsible), .integer(after.pipeline)]
    }
    return statement.bind(
      key + [
        .bytes(RawJSON(.object(after.fields)).bytes), .integer(passage.stage),
        .text(passage.outcome.rawValue), .integer(after.reason), .string(after.comment),
        .timestamp(after.closedAt),
      ] + log + further)
  }

  // MARK: - Imports

  /// Cards of kind `$2` in pipeline `$3`, elements of the arrays `$4` ids, `$5` stages, `$6` outcomes,
  /// `$7` titles, `$8` amounts, `$9` contacts, `$10` companies, `$11` people responsible, `$12` sources,
  /// `$13` fields, `$14` repeat marks, `$15` reasons, `$16` comments, `$17` who made them, `$18` when,
  /// `$19` since when they stand in their stage, `$20` when they were closed, `$21` versions, `$22` words
  /// with spaces between, `$23` what they tell of the last contact.
  private static let importing = Statement(
    """
    with made as (
      insert into card (tenant_id, id, kind, pipeline_id, stage_id, outcome, title, amount, contact_id,
        company_id, responsible_id, source, fields, repeat, reason_id, comment, created_by,
        created_at, stage_entered_at, touched_at, closed_at, version, words,
        last_contact_status_id, last_contact_at)
      select $1::bigint, c.id, $2::text, $3::bigint, c.stage_id, c.outcome, c.title, c.amount,
        c.contact_id, c.company_id, c.responsible_id, c.source, c.fields, c.repeat, c.reason_id,
        c.comment, c.created_by, c.created_at, c.stage_entered_at, c.stage_entered_at, c.closed_at,
        c.version, string_to_array(c.words, ' '), c.status_id,
        case when c.status_id is not null then c.stage_entered_at end
      from unnest($4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::numeric[], $9::bigint[],
        $10::bigint[], $11::bigint[], $12::text[], $13::jsonb[], $14::boolean[], $15::bigint[],
        $16::text[], $17::bigint[], $18::timestamptz[], $19::timestamptz[], $20::timestamptz[],
        $21::bigint[], $22::text[], $23::bigint[])
        as c (id, stage_id, outcome, title, amount, contact_id, company_id, responsible_id, source,
          fields, repeat, reason_id, comment, created_by, created_at, stage_entered_at, closed_at,
          version, words, status_id)
    )
    insert into card_word (tenant_id, word, card_id)
    select $1::bigint, w.word, c.id
    from unnest($4::bigint[], $22::text[]) as c (id, words)
    cross join lateral string_to_table(c.words, ' ') as w (word)
    """)

  /// Cards from elsewhere, each in the stage to which its passage leads. `own` and `further` are the
  /// parameters before and after stages and outcomes.
  static func insert(
    through passages: [GatePassage], _ own: [Parameter], _ further: [Parameter]
  ) -> BoundStatement {
    importing.bind(
      own + [
        .integers(passages.map(\.stage)), .strings(passages.map(\.outcome.rawValue)),
      ] + further)
  }

  // MARK: - A stage that goes away

  /// The cards of stage `$2`, of which there are `$6`, stand in stage `$3` of pipeline `$5` from now, `$4`.
  /// Nobody worked on them: when they were last touched stays.
  private static let relocation = Statement(
    """
    select require_one(
      case
        when give_cards(
          $1::bigint, $2::bigint, $5::bigint, $3::bigint, $4::timestamptz
        ) = $6::bigint
        then 1
        else 0
      end
    )
    """)

  /// All cards of a stage go where the passage leads.
  static func relocate(
    _ count: Int, from stage: Int64, through passage: GatePassage, into pipeline: Int64,
    tenant: Int64, at now: Timestamp
  ) -> BoundStatement {
    relocation(
      .integer(tenant), .integer(stage), .integer(passage.stage), .timestamp(now),
      .integer(pipeline), .integer(count))
  }

  // MARK: - What is measured

  /// The statements' texts for `voronkad bench`, whose reference runs them by themselves.
  static let measured = (insert: insertion, step: entering)
}
