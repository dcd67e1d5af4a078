internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// The cards on whose base a card was made, one after another, and those that were made on its own: a lead, its deal,
/// and the deal after that (S1, S4).
struct CardChain {
  private struct Link {
    let id: Int64
    let kind: String
    let pipeline: Int64
    let outcome: Outcome
    let base: Int64?
    let isSeen: Bool
  }

  static let schema = Schema.array(
    of: .object(
      [
        "id": .identifier, "kind": .choice(CardKind.allCases.map(\.rawValue)),
        "pipeline": .identifier, "outcome": .choice(Outcome.allCases.map(\.rawValue)),
        "based_on": Schema.identifier.nullable,
      ], required: ["id"]))

  private let links: [Link]

  /// The chain of a card that the caller sees. It is read as a whole, since a card in the midst of it may be out of
  /// their sight.
  init(of card: Int64, _ call: TenantCall) async throws {
    let rows = try await call.readAsServer(
      CardSuccessionStatements.chain(call.tenantParameter, .integer(card)))[0]
    links = try Self.links(rows, call.standing)
  }

  @inline(never)
  private static func links(_ rows: Rows, _ standing: Standing) throws -> [Link] {
    try rows.map {
      let place = try RightsCard($0)
      return Link(
        id: try $0.integer(4), kind: try $0.string(5), pipeline: place.pipeline,
        outcome: place.outcome, base: try $0.integerIfPresent(6), isSeen: standing.sees(place))
    }
  }

  /// Its cards from the first to the last. One that the caller does not see is told by its number where one beside it
  /// is seen, which tells that anyway as its base or in its history; else not at all.
  func write(to writer: inout JSONWriter) {
    let seen = Set(links.filter(\.isSeen).map(\.id))
    let bases = Set(links.filter(\.isSeen).compactMap(\.base))
    writer.array {
      for link in links
      where seen.contains(link.id) || bases.contains(link.id)
        || link.base.map(seen.contains) == true
      {
        $0.object {
          $0.member("id", link.id)
          guard link.isSeen else { return }
          $0.member("kind", link.kind)
          $0.member("pipeline", link.pipeline)
          $0.member("outcome", link.outcome.rawValue)
          $0.member("based_on", link.base)
        }
      }
    }
  }
}
