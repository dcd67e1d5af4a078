internal import SalesRules

/// A pipeline with its stages in their order.
struct Pipeline: Sendable, Equatable {
  let id: Int64
  let kind: CardKind
  var name: String
  var position: Int
  var isArchived: Bool
  var isFrozen: Bool
  var rules: PipelineRules
  var version: Int64
  /// Who has a lower one freezes first; who has none, after all that have.
  var freezeRank: Int?
  /// Who becomes responsible for a card that comes in with nobody named, by somebody who may not view it.
  var responsibleRule: AssignmentRule
  var stages: [Stage]

  /// The stage of that id.
  func stage(_ id: Int64) -> Stage? {
    stages.first { $0.id == id }
  }

  /// As the gate sees it.
  var design: PipelineDesign {
    PipelineDesign(
      id: id, kind: kind, stages: stages.map(\.gateStage), rules: rules, isFrozen: isFrozen,
      isArchived: isArchived, reopensInto: stages.first(where: \.reopensHere)?.id)
  }
}
