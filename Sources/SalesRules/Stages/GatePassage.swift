/// Where a step leads. Only the gate makes one, and what writes a card's stage and outcome takes one: so
/// nothing gets into a stage or out of its life past the gate.
public struct GatePassage: Hashable, Sendable {
  /// The stage in which the card stands afterwards; with a copy or conversion, the card left behind.
  public internal(set) var stage: Int64
  /// How the card stands afterwards.
  public internal(set) var outcome: Outcome
  /// The stage in which the new card of a copy or conversion begins.
  public internal(set) var entered: Int64?
  /// Nothing changes: the card stands there already.
  public internal(set) var isUnchanged: Bool
  /// Rules that are broken and only warned of.
  public internal(set) var warnings: [GateProblem]

  /// Makes a passage from its parts.
  init(
    stage: Int64, outcome: Outcome, entered: Int64? = nil, isUnchanged: Bool = false,
    warnings: [GateProblem] = []
  ) {
    self.stage = stage
    self.outcome = outcome
    self.entered = entered
    self.isUnchanged = isUnchanged
    self.warnings = warnings
  }

  /// The stage in which a new card begins.
  public var newStage: Int64 { entered ?? stage }
}
