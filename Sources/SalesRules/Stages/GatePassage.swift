/// Where a step leads.
public struct GatePassage: Hashable, Sendable {
  /// The stage in which the card stands afterwards; with a copy or conversion, the card left behind.
  public var stage: Int64
  /// How the card stands afterwards.
  public var outcome: Outcome
  /// The stage in which the new card of a copy or conversion begins.
  public var entered: Int64?
  /// Nothing changes: the card stands there already.
  public var isUnchanged: Bool
  /// Rules that are broken and only warned of.
  public var warnings: [GateProblem]

  /// Makes a passage from its parts.
  public init(
    stage: Int64, outcome: Outcome, entered: Int64? = nil, isUnchanged: Bool = false,
    warnings: [GateProblem] = []
  ) {
    self.stage = stage
    self.outcome = outcome
    self.entered = entered
    self.isUnchanged = isUnchanged
    self.warnings = warnings
  }
}
