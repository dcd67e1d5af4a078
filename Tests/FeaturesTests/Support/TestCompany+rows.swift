internal import JSON
internal import Postgres
internal import TestSupport

/// Rows as the methods for cards leave them, for tests of what is done around them.
extension TestCompany {
  /// A right that a member is given.
  struct Right: Sendable {
    var pipeline: Int64
    var actions: [String]
    var cards = "all"
    var outcome = "any"
  }

  /// A member with these rights and no others, logged in.
  func member(_ name: String, _ rights: Right...) async throws -> (id: Int64, client: TestClient) {
    let member = try await user(name)
    for right in rights {
      try await owner.call(
        "grant.give",
        [
          "pipeline": .integer(right.pipeline), "to": ["user": .integer(member.id)],
          "actions": .array(right.actions.map { .string($0) }), "cards": .string(right.cards),
          "outcome": .string(right.outcome),
        ])
    }
    return member
  }

  /// A card in a stage, with its stay and history; its number.
  @discardableResult
  func card(
    in stage: Int64, responsible: Int64? = nil, contact: Int64? = nil, company: Int64? = nil,
    reason: Int64? = nil, fields: JSON = [:]
  ) async throws -> Int64 {
    let rows = try await write(
      CompanyRows.insertCard(
        .integer(id), .integer(stage), .integer(responsible), .integer(contact),
        .integer(company), .integer(reason), .text(fields.description)))
    return try rows[0].integer(0)
  }

  /// Everything that a card is, as its row, its stays and its history say it: for comparing.
  func cardRows(_ card: Int64) async throws -> (
    stage: Int64, version: Int64, fields: String, stays: [(stage: Int64, isOpen: Bool)],
    history: [String]
  ) {
    let row = try await write(CompanyRows.card(.integer(id), .integer(card)))[0]
    let stays = try await write(CompanyRows.stays(.integer(id), .integer(card)))
    let history = try await write(CompanyRows.history(.integer(id), .integer(card)))
    return (
      try row.integer(0), try row.integer(1), try row.string(2),
      try stays.map { (try $0.integer(0), try $0.bool(1)) },
      try history.map { "\(try $0.integer(0)) \(try $0.string(1)) \(try $0.string(2))" }
    )
  }

  /// Runs a statement past all policies.
  @discardableResult
  func write(_ statement: BoundStatement) async throws -> Rows {
    try await installation.database.connected(as: installation.database.superuser) {
      try await $0.execute([statement])[0]
    }
  }
}

/// The statements behind it.
enum CompanyRows {
  static let version = Statement(
    """
    select version
    from voronka.tenant_version
    where tenant_id = $1::bigint
    """)

  static let insertCard = Statement(
    """
    with made as (
      insert into voronka.card (tenant_id, id, kind, pipeline_id, stage_id, outcome, title,
        responsible_id, contact_id, company_id, reason_id, fields, created_at, stage_entered_at,
        touched_at, closed_at)
      select $1::bigint,
        (select coalesce(max(id), 0) + 1 from voronka.card where tenant_id = $1::bigint),
        p.kind, p.id, s.id, s.kind, 'Кухня', $3::bigint, $4::bigint, $5::bigint, $6::bigint,
        $7::jsonb, '2026-05-31T09:00:00Z', '2026-05-31T09:00:00Z', '2026-05-31T09:00:00Z',
        case s.kind when 'open' then null else '2026-05-31T09:00:00Z'::timestamptz end
      from voronka.stage s
      join voronka.pipeline p on p.tenant_id = s.tenant_id and p.id = s.pipeline_id
      where s.tenant_id = $1::bigint
        and s.id = $2::bigint
      returning id
    ),
    stayed as (
      insert into voronka.stay (tenant_id, card_id, version, stage_id, entered_at)
      select $1::bigint, id, 1, $2::bigint, '2026-05-31T09:00:00Z'
      from made
    ),
    logged as (
      insert into voronka.card_history (tenant_id, card_id, version, at, change, details)
      select $1::bigint, id, 1, '2026-05-31T09:00:00Z', 'created', '{}'
      from made
    )
    select id
    from made
    """)

  static let card = Statement(
    """
    select stage_id, version, fields::text
    from voronka.card
    where tenant_id = $1::bigint
      and id = $2::bigint
    """)

  static let stays = Statement(
    """
    select stage_id, left_at is null
    from voronka.stay
    where tenant_id = $1::bigint
      and card_id = $2::bigint
    order by version
    """)

  static let history = Statement(
    """
    select version, change, details::text
    from voronka.card_history
    where tenant_id = $1::bigint
      and card_id = $2::bigint
    order by version
    """)

  static let countCards = Statement(
    """
    select count(*)
    from voronka.card
    where tenant_id = $1::bigint
    """)

  static let deleteCards = Statement(
    """
    delete from voronka.card
    where tenant_id = $1::bigint
    """)
}
