internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A lead of a client who is known already, or a deal in a company without leads: whoever is responsible is told that
/// it comes first (S1).
enum RepeatCard {
  /// What is told, with the client's earlier cards; each subscriber is told of those they may see.
  static func event(
    of card: Card, _ choice: ContactChoice?, _ call: TenantCall
  ) async throws -> [EventDraft] {
    guard card.isRepeat, card.kind == .lead || !call.company.takesLeads else { return [] }
    var points: [String] = []
    if case .new(let draft) = choice {
      let checked = try ClientPoints.checked(draft, within: "contact.", home: call.company.home)
      points = ClientPoints.values(phones: checked.phones, emails: checked.emails)
    }
    let rows = try await call.readAsServer(
      AssignmentStatements.earlierCards(
        call.tenantParameter, .integer(card.contact), .strings(points)))
    let earlier = try rows[0].map { try $0.integer(0) }
    return [
      EventDraft(
        name: "\(card.kind).repeat", noun: card.kind.rawValue, subject: card.id,
        sight: .at(card.place, card: card.id),
        details: RawJSON {
          $0.object {
            $0.name("earlier")
            $0.array { for card in earlier { $0.value(card) } }
          }
        })
    ]
  }
}
