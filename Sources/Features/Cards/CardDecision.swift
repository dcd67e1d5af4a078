internal import JSON
internal import SalesRules

/// A step of one card as the gate has decided it, before it is taken.
struct CardDecision {
  let card: Card
  /// The company's own fields after the step.
  let fields: JSONObject
  /// The last-contact status that the step brings.
  let lastContact: LastContact?
  let verdict: GateVerdict
}
