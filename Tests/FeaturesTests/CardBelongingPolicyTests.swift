internal import JSON
internal import TestSupport
internal import Testing

@testable internal import Features
@testable internal import Postgres

/// The second lock on what hangs on cards: seen with the card, written with the cards that a request writes.
@Suite("Policies of what hangs on cards")
struct CardBelongingPolicyTests {
  private struct Scene {
    let company: TestCompany
    let member: Int64
    let pipeline: JSON
    let seen: Int64
    let hidden: Int64

    /// A deal with one of everything in a pipeline that the member sees, and the same in another.
    static func make() async throws -> Scene {
      let company = try await TestInstallation.make().company()
      let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
      let other = try await company.pipeline("Аренда", stages: [["name": "A"]])
      let member = try await company.member("b", .init(pipeline: pipeline.id, actions: ["view"]))
      var deals: [Int64] = []
      for place in [pipeline, other] {
        let deal = try await company.card(in: place.stage("A"))
        deals.append(deal)
        try await fill(deal, company)
      }
      return Scene(
        company: company, member: member.id, pipeline: pipeline, seen: deals[0], hidden: deals[1])
    }

    private static func fill(_ deal: Int64, _ company: TestCompany) async throws {
      let (owner, id) = (company.owner, JSON.integer(deal))
      let price: JSON = ["amount": "10", "currency": "RUB"]
      let product = try await owner.call(
        "product.create", ["name": .string("P\(deal)"), "price": price]
      ).id
      try await owner.call(
        "deal.set_lines", ["id": id, "lines": [["product": .integer(product), "quantity": 1]]])
      let invoice = try await owner.call(
        "invoice.create", ["deal": id, "due_at": "2026-07-01", "amount": price])
      try await owner.call(
        "invoice.pay",
        ["id": invoice["id"] ?? .null, "amount": ["amount": "1", "currency": "RUB"]])
      try await owner.call(
        "activity.plan", ["card": id, "type": "call", "due_at": "2030-01-01T00:00:00Z"])
      let person = try await owner.call("auth.whoami")["principal"]?["user"]?["id"]
      try await owner.call("card.pause", ["id": id, "until": "2026-07-01", "reason": "Holiday"])
      try await owner.call("deal.assign", ["id": id, "responsible": try #require(person)])
    }

    /// Runs statements as the member, who writes these cards.
    func run(
      _ sql: String, writing cards: [Int64] = [], knowing more: [Int64] = []
    ) async throws -> Rows {
      let version = try await company.write(CompanyRows.version(.integer(company.id)))[0].integer(0)
      let stages = (pipeline["stages"]?.array ?? []).map(\.id)
      let bits = RightsBits(
        .init(Dictionary(uniqueKeysWithValues: stages.map { ($0, .everybody) })), sets: 2,
        lastPerson: 100)
      let context = ContextStatements.memberWrite(
        .integer(company.id), .integer(version), .integer(member), .integers([pipeline.id] + more),
        2, bits.places, bits.people, "{}", "{}", bits.places, bits.people, .integers(cards),
        .bool(false))
      let statement = BoundStatement(definition: .registered(sql), parameters: ParameterBuffer([]))
      return try await company.installation.pools.writes.transaction([context, statement])[1]
    }
  }

  private static let tables = [
    "activity", "invoice", "payment", "deal_line", "card_history", "card_pause",
  ]

  @Test("They are seen with their card, and of a card that is not seen none is there")
  func reading() async throws {
    let scene = try await Scene.make()
    for table in Self.tables {
      let row = try await scene.run(
        """
        select count(*) filter (where card_id = \(scene.seen)), count(*) filter (where card_id <> \(scene.seen))
        from \(table)
        """)[0]
      #expect(try row.integer(0) > 0 && row.integer(1) == 0, "\(table)")
    }
  }

  @Test("A card that is written does not go into a pipeline of which the member knows nothing")
  func pipelines() async throws {
    let scene = try await Scene.make()
    let hidden = try await scene.company.owner.call("deal.get", ["id": .integer(scene.hidden)])
    let (pipeline, stage) = (hidden["pipeline"]?.int64 ?? 0, hidden["stage"]?.int64 ?? 0)
    let change =
      "update card set pipeline_id = \(pipeline), stage_id = \(stage) where id = \(scene.seen)"
    let error = await #expect(throws: PostgresError.self) {
      _ = try await scene.run(change, writing: [scene.seen])
    }
    #expect(error?.sqlState == .insufficientPrivilege)
    // Control: within what the member knows it is written, and into what they know it goes.
    _ = try await scene.run(
      "update card set title = 'x' where id = \(scene.seen)", writing: [scene.seen])
    _ = try await scene.run(change, writing: [scene.seen], knowing: [pipeline])
  }

  @Test("Without the card among those that are written none is added, changed or taken away")
  func writing() async throws {
    let scene = try await Scene.make()
    let columns = [
      "activity":
        "tenant_id, 900, card_id, type, subject, direction, state, due_at, done_at, outcome, "
        + "answered_at, responsible_id, created_by, created_at, version",
      "invoice":
        "tenant_id, 900, card_id, 'N900', amount, paid, state, due_at, created_by, created_at, "
        + "paid_at, version",
      "payment": "tenant_id, card_id, invoice_id, 900, amount, paid_at, created_by, created_at",
      "deal_line": "tenant_id, card_id, 900, product_id, name, quantity, price, discount, amount",
      "card_pause":
        "tenant_id, card_id, 900, started_at, until, ended_at, reason, paused_by",
    ]
    let changes = [
      "update activity set subject = 'x'", "update invoice set due_at = due_at",
      "delete from deal_line", "update card_pause set reason = 'x'",
    ]
    for (table, columns) in columns {
      let copy =
        "insert into \(table) select \(columns) from \(table) where card_id = \(scene.seen) limit 1"
      let error = await #expect(throws: PostgresError.self, "\(table)") {
        _ = try await scene.run(copy)
      }
      #expect(error?.sqlState == .insufficientPrivilege, "\(table)")
      // Control: with the card it is.
      _ = try await scene.run(copy, writing: [scene.seen])
    }
    for change in changes {
      let counted = "with changed as (\(change) returning 1) select count(*) from changed"
      #expect(try await scene.run(counted)[0].integer(0) == 0, "\(change)")
      #expect(try await scene.run(counted, writing: [scene.seen])[0].integer(0) > 0, "\(change)")
    }
    // What explains the past is only added.
    for table in ["payment", "card_history", "card_pause"] {
      let error = await #expect(throws: PostgresError.self) {
        _ = try await scene.run("delete from \(table)", writing: [scene.seen])
      }
      #expect(error?.sqlState == .insufficientPrivilege, "\(table)")
    }
  }
}
