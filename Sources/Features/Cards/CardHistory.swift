internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `lead.history` and `deal.history`.
enum CardHistory {
  static let shape = Schema.object(
    [
      "version": .integer, "at": .timestamp, "user": Schema.identifier.nullable,
      "change": .string, "details": .anyObject,
      "assignment": .object(
        [
          "responsible": Schema.identifier.nullable,
          "way": .choice(Responsible.Way.allCases.map(\.rawValue)), "details": .anyObject,
        ], required: ["responsible", "way", "details"]),
    ], required: ["version", "at", "user", "change", "details"])

  /// A page of them; with the first comes the card's chain.
  static let pageSchema = Shapes.page(of: shape).with(["chain": CardChain.schema])

  static func page(_ kind: CardKind, _ call: TenantCall) async throws -> RawJSON {
    let page = try Page(call)
    let id = Parameter.integer(call.arguments[CommonMembers.id])
    let rows = try await call.read(
      CardStatements.get(call.tenantParameter, id, .text(kind.rawValue)),
      CardStatements.history(
        call.tenantParameter, id, .integer(try page.afterID()), page.fetch))
    guard !rows[0].isEmpty else { throw RPCError.notFound(what: kind.rawValue) }
    let chain =
      page.after == nil
      ? try await CardChain(of: call.arguments[CommonMembers.id], call) : nil
    return try told(rows[1], chain, on: page, call)
  }

  @inline(never)
  private static func told(
    _ rows: Rows, _ chain: CardChain?, on page: Page, _ call: TenantCall
  ) throws -> RawJSON {
    try page.result(
      rows, key: { try $0.string(0) },
      further: { writer in
        guard let chain else { return }
        writer.name("chain")
        chain.write(to: &writer)
      }
    ) { row, writer in
      try writer.object { item in
        item.member("version", try row.integer(0))
        item.member("at", try row.timestamp(1))
        item.member("user", try row.integerIfPresent(2))
        item.member("change", try row.string(3))
        item.name("details")
        if let details = try knownDetails(row, call) {
          item.value(.object(details))
        } else {
          row.withBytes(4) { bytes in item.raw(bytes) }
        }
        guard let way = try row.stringIfPresent(5) else { return }
        let responsible = try row.integerIfPresent(6)
        try item.member("assignment") { told in
          told.member("responsible", responsible)
          told.member("way", way)
          told.name("details")
          // Who only looks at cards has nothing to do with teams and with whom a rule passed over.
          guard call.standing.worksOnCards, try knowsRule(row, call) else {
            return told.object { _ in }
          }
          row.withBytes(7) { bytes in told.raw(bytes) }
        }
      }
    }
  }

  /// The details without the pipelines and stages of which the reader knows nothing: a deal may have come from
  /// elsewhere. Nil where the reader knows all pipelines.
  private static func knownDetails(_ row: Row, _ call: TenantCall) throws -> JSONObject? {
    guard !knowsAll(call), var details = try JSONReader().read(row.string(4)).object else {
      return nil
    }
    for name in ["from_pipeline", "to_pipeline"] {
      guard let id = details[name]?.int64, !call.standing.knows(pipeline: id) else { continue }
      details[name] = nil
    }
    for name in ["from", "to", "through"] {
      guard let stage = details[name]?.int64,
        let owner = call.company.pipelines.first(where: { $0.stage(stage) != nil }),
        !call.standing.knows(pipeline: owner.id)
      else { continue }
      details[name] = nil
    }
    return details
  }

  /// Whether the rule that chose is one of a pipeline which the reader knows.
  private static func knowsRule(_ row: Row, _ call: TenantCall) throws -> Bool {
    guard !knowsAll(call), let pipeline = try JSONReader().read(row.string(7))["pipeline"]?.int64
    else { return true }
    return call.standing.knows(pipeline: pipeline)
  }

  private static func knowsAll(_ call: TenantCall) -> Bool {
    call.company.pipelines.allSatisfy { call.standing.knows(pipeline: $0.id) }
  }
}
