internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A card that a step is about to change, with all that the gate asks.
struct CardReading {
  let card: Card
  /// What of its contact is known.
  let contactFilled: Set<String>
  /// Whether one of its invoices is paid, where the company demands it.
  let hasPaidInvoice: Bool

  /// Reads a card that the caller may see, and refuses where the action is not held on it.
  static func find(
    _ id: Int64, _ kind: CardKind, for action: Action, _ call: TenantCall
  ) async throws -> CardReading {
    let reading = try await find(id, kind, call)
    guard call.standing.holds(action, on: reading.card.place) else {
      throw RPCError.forbidden(needs: action.rawValue)
    }
    try call.requireVersion(reading.card.version)
    return reading
  }

  /// Reads a card that the caller may see, for a step about which the gate decides.
  static func find(
    _ id: Int64, _ kind: CardKind, _ call: TenantCall
  ) async throws -> CardReading {
    let rows = try await call.read(
      CardStatements.getForStep(
        asksContact: call.company.asksOfContacts,
        asksInvoice: call.company.rules.requirePaidInvoice && kind == .deal)(
          call.tenantParameter, .integer(id), .text(kind.rawValue)))
    guard let row = rows[0].first else { throw RPCError.notFound(what: kind.rawValue) }
    var card = try Card(row)
    let width = CardStatements.width
    card.pausedUntil = try row.timestampIfPresent(width + 4)
    return CardReading(
      card: card, contactFilled: try ContactFilling(row, from: width).filled(in: call.company),
      hasPaidInvoice: try row.bool(width + 3))
  }

  /// As the gate sees it, with these fields, and with a last-contact status that the step brings.
  func gateCard(
    fields: JSONObject? = nil, lastContact: LastContact? = nil, lastOpenStage: Int64? = nil
  ) -> GateCard {
    var filled = contactFilled.union(card.filledOwn)
    if lastContact != nil { filled.insert(CardField.lastContact.rawValue) }
    filled.formUnion((fields ?? card.fields).members.map(\.name))
    return GateCard(
      kind: card.kind, pipeline: card.pipeline, stage: card.stage, outcome: card.outcome,
      closedAt: card.closedAt, lastOpenStage: lastOpenStage, filled: filled,
      hasPaidInvoice: hasPaidInvoice)
  }
}

extension Card {
  /// The keys of its own values that are there.
  var filledOwn: Set<String> {
    var filled: Set<String> = [CardField.title.rawValue]
    if amount != nil { filled.insert(CardField.amount.rawValue) }
    if contact != nil { filled.insert(CardField.contact.rawValue) }
    if company != nil { filled.insert(CardField.company.rawValue) }
    if responsible != nil { filled.insert(CardField.responsible.rawValue) }
    if source != nil { filled.insert(CardField.source.rawValue) }
    if lastContact != nil { filled.insert(CardField.lastContact.rawValue) }
    return filled
  }
}
