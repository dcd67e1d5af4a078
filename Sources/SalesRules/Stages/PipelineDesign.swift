/// A pipeline as the gate sees it.
public struct PipelineDesign: Hashable, Sendable {
  /// The pipeline's id within its company.
  public let id: Int64
  /// Whether its cards are leads or deals.
  public let kind: CardKind
  /// Its stages in their order.
  public let stages: [GateStage]
  /// Its rules.
  public let rules: PipelineRules
  /// Over the plan's limit: cards can be closed and taken out, nothing can come in or move on.
  public let isFrozen: Bool
  /// Put away by the company: as frozen.
  public let isArchived: Bool
  /// The open stage into which a lost card is reopened ("thinking", S0); nil for the stage it was last
  /// worked on in. Into a way out nothing is reopened.
  public let reopensInto: Int64?

  /// Makes a design from its parts; stages are put into their order.
  public init(
    id: Int64, kind: CardKind, stages: [GateStage], rules: PipelineRules = PipelineRules(),
    isFrozen: Bool = false, isArchived: Bool = false, reopensInto: Int64? = nil
  ) {
    self.id = id
    self.kind = kind
    self.stages = stages.sorted { ($0.position, $0.id) < ($1.position, $1.id) }
    self.rules = rules
    self.isFrozen = isFrozen
    self.isArchived = isArchived
    self.reopensInto = stages.contains { $0.id == reopensInto && $0.isExit } ? nil : reopensInto
  }

  /// The stage of this id, if it is one of this pipeline's.
  public func stage(_ id: Int64) -> GateStage? {
    stages.first { $0.id == id }
  }

  /// The first stage of this kind in which cards stand; a way out only where there is nothing else.
  public func first(_ kind: StageKind) -> GateStage? {
    stages.first { $0.kind == kind && !$0.isExit } ?? stages.first { $0.kind == kind }
  }

  /// The open stages after the one and up to the other, the other included; from the first one on where
  /// no stage is left behind. Empty where the way leads back. Ways out that are not taken are not on it.
  func openStages(after left: GateStage?, upTo entered: GateStage) -> [GateStage] {
    stages.filter { stage in
      let isOnTheWay = stage.holdsOpenCards && isBefore(stage, entered) || stage.id == entered.id
      guard stage.kind == .open, isOnTheWay else { return false }
      return left.map { isBefore($0, stage) } ?? true
    }
  }

  /// The open stages that still lie ahead; all of them where no stage is left behind. Ways out do not.
  func ahead(of left: GateStage?) -> [GateStage] {
    stages.filter { stage in
      stage.holdsOpenCards && (left.map { isBefore($0, stage) } ?? true)
    }
  }

  /// Whether the one stage comes before the other in the pipeline's order.
  func isBefore(_ one: GateStage, _ other: GateStage) -> Bool {
    (one.position, one.id) < (other.position, other.id)
  }
}
