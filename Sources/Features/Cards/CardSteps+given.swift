internal import JSON
internal import JSONRPC
internal import SalesRules

/// What a step is given, and what the gate says of it.
extension CardSteps {
  /// What a step is given besides the card, all checked.
  struct Given {
    let fields: JSONObject
    let reason: GateReason?
    let lastContact: LastContact?

    func gateCard(_ reading: CardReading) -> GateCard {
      reading.gateCard(fields: fields, lastContact: lastContact)
    }
  }

  func given(
    for card: Card, comingInto other: Pipeline? = nil, changesFields: Bool = true
  ) async throws -> Given {
    try call.requireVersion(card.version)
    let fields =
      changesFields
      ? try await CardValues.fields(
        card.fields, kind: kind, of: [card.pipeline] + (other.map { [$0.id] } ?? []), call)
      : card.fields
    return Given(
      fields: fields, reason: try call.gateReason(reason),
      lastContact: try call.givenLastContact())
  }

  func decide(
    _ step: GateStep, _ card: Card, _ given: Given, into target: Pipeline? = nil
  ) async throws -> CardDecision {
    let own = try pipeline(of: card)
    let verdict = try await CardGate.decide(
      step, in: own, into: target ?? own,
      rights: call.standing.gateRights(on: card.place, into: target?.id),
      reason: given.reason, comment: comment, call
    ) { stage in
      let place = card.place.entering(stage, of: target ?? own)
      return target == nil
        ? try await call.isSomebodys(enteringAt: place, in: own)
        : try await call.isSomebodys(comingOverAt: place, in: target ?? own)
    }
    return CardDecision(
      card: card, fields: given.fields, lastContact: given.lastContact, verdict: verdict,
      target: target)
  }
}
