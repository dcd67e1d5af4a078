internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// What stages demand of the contacts of the cards that stand in them.
enum ContactDemands {
  /// A name, number or address that an open card's stage demands is not taken from its contact.
  ///
  /// It is asked of the cards that the caller sees: a refusal tells of no others.
  static func requireKept(_ present: Contact, after: Contact, _ call: TenantCall) async throws {
    let (had, left) = (
      present.filling.filled(in: call.company), after.filling.filled(in: call.company)
    )
    if had.isSubset(of: left) { return }
    let stages = call.company.pipelines.flatMap(\.stages).filter {
      $0.kind == .open && !$0.required.broken(from: had, to: left).isEmpty
    }
    guard !stages.isEmpty else { return }
    let rows = try await call.read(
      ContactStatements.cards(
        call.tenantParameter, .integer(present.id), .integers(stages.map(\.id))))
    let problems = try problems(in: rows[0].map(Card.init), had: had, left: left, stages)
    guard problems.isEmpty else { throw RPCError.invalid(problems) }
  }

  private static func problems(
    in cards: [Card], had: Set<String>, left: Set<String>, _ stages: [Stage]
  ) -> [FieldProblem] {
    let stages = Dictionary(stages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var told: [String: FieldProblem] = [:]
    for card in cards {
      guard let stage = stages[card.stage] else { continue }
      let own = card.filledOwn.union(card.fields.members.map(\.name))
      let (before, after) = (own.union(had), own.union(left))
      for demand in stage.required.broken(from: before, to: after) {
        guard let key = demand.alternatives.first(where: { had.contains($0) }) else { continue }
        told[key] =
          told[key]
          ?? FieldProblem(
            path: key,
            problem: "is required by the stage \"\(stage.name)\" in which the "
              + "\(card.kind.rawValue) \(card.id) stands (\(demand.description)): give another, "
              + "or move it first")
      }
    }
    return told.keys.sorted().compactMap { told[$0] }
  }
}
