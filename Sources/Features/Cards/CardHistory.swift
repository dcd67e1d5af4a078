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

  static func page(_ kind: CardKind, _ call: TenantCall) async throws -> RawJSON {
    let page = try Page(call)
    let id = Parameter.integer(call.arguments[CommonMembers.id])
    let rows = try await call.read(
      CardStatements.get(call.tenantParameter, id, .text(kind.rawValue)),
      CardStatements.history(
        call.tenantParameter, id, .integer(try page.afterID()), page.fetch))
    guard !rows[0].isEmpty else { throw RPCError.notFound(what: kind.rawValue) }
    return try page.result(rows[1], key: { try $0.string(0) }) { row, writer in
      try writer.object { item in
        item.member("version", try row.integer(0))
        item.member("at", try row.timestamp(1))
        item.member("user", try row.integerIfPresent(2))
        item.member("change", try row.string(3))
        item.name("details")
        if let details = try knownDetails(row, call.standing) {
          item.value(.object(details))
        } else {
          row.withBytes(4) { bytes in item.raw(bytes) }
        }
        guard let way = try row.stringIfPresent(5) else { return }
        let responsible = try row.integerIfPresent(6)
        item.member("assignment") { told in
          told.member("responsible", responsible)
          told.member("way", way)
          told.name("details")
          // Who only looks at cards has nothing to do with teams and with whom a rule passed over.
          guard call.standing.worksOnCards else { return told.object { _ in } }
          row.withBytes(7) { bytes in told.raw(bytes) }
        }
      }
    }
  }

  /// The details of a step into another pipeline, without the pipelines of which the reader knows nothing; nil
  /// for all others.
  private static func knownDetails(_ row: Row, _ standing: Standing) throws -> JSONObject? {
    guard try row.string(3) == CardChange.Kind.moved.rawValue,
      var details = try JSONReader().read(row.string(4)).object,
      details["to_pipeline"] != nil
    else { return nil }
    for (pipeline, stage) in [("from_pipeline", "from"), ("to_pipeline", "to")] {
      if let id = details[pipeline]?.int64, standing.knows(pipeline: id) { continue }
      details[pipeline] = nil
      details[stage] = nil
    }
    return details
  }
}
