internal import JSON
internal import SalesRules

/// A lead or a deal, as it stands at one version.
struct Card: Sendable {
  let id: Int64
  let kind: CardKind
  var pipeline: Int64
  var stage: Int64
  var outcome: Outcome
  var title: String
  var amount: MoneyAmount?
  var contact: Int64?
  var company: Int64?
  var responsible: Int64?
  var source: String?
  /// The company's own fields that hold a value, by key.
  var fields: JSONObject
  /// Whether the client was known already when it came (S1).
  var isRepeat: Bool
  var reason: Int64?
  var comment: String?
  /// The card it was made from.
  let basedOn: Int64?
  let createdAt: Timestamp
  var stageEnteredAt: Timestamp
  var touchedAt: Timestamp
  var closedAt: Timestamp?
  var version: Int64
  /// Until when its clocks stand or last stood still; known where a step reads the card.
  var pausedUntil: Timestamp?
  /// What it tells of the last contact with the client (S0).
  var lastContact: LastContact?

  /// As rights look at it.
  var place: RightsCard {
    RightsCard(pipeline: pipeline, stage: stage, responsible: responsible, outcome: outcome)
  }
}
