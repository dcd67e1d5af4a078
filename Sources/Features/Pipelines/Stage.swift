internal import SalesRules

/// A stage of a pipeline.
struct Stage: Sendable, Equatable {
  let id: Int64
  let pipeline: Int64
  var name: String
  var kind: StageKind
  var position: Int
  var style: StageStyle
  /// A key stage (КЭВ, S4).
  var isKey: Bool
  var hint: String?
  var required: [FieldRequirement]
  var dwellLimit: ISO8601Duration?
  /// Lost cards are reopened into this stage (S0).
  var reopensHere: Bool
  /// Who becomes responsible for a card that enters.
  var responsibleRule: AssignmentRule
  /// The deal pipeline into which a lead that enters is converted (S1).
  var transfersTo: Int64?
  var version: Int64

  /// As the gate sees it.
  var gateStage: GateStage {
    GateStage(
      id: id, position: position, kind: kind, required: required,
      isExit: kind == .open && transfersTo != nil)
  }
}
