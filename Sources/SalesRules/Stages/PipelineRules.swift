/// The rules of a pipeline on how cards go through it (S4), each off, warned of or enforced.
public struct PipelineRules: Hashable, Sendable {
  /// No moving back. S4: a deal that can move back means that something is wrong with the pipeline.
  public var noBack: RuleStrength
  /// No skipping of stages. S4: to skip is not advised even where the client presses for it; to be paid
  /// earlier is welcome, so winning from an early stage is no skip.
  public var noSkip: RuleStrength
  /// A card leaves for another pipeline only by being won here and copied there (S4, error 9).
  public var crossOnlyByWin: RuleStrength
  /// How long a card may live, its pauses not counted; nil is for ever. S2: a deal is not dragged along for years.
  public var lifeLimit: ISO8601Duration?

  /// Makes rules from their strengths.
  public init(
    noBack: RuleStrength = .off, noSkip: RuleStrength = .off, crossOnlyByWin: RuleStrength = .off,
    lifeLimit: ISO8601Duration? = nil
  ) {
    self.noBack = noBack
    self.noSkip = noSkip
    self.crossOnlyByWin = crossOnlyByWin
    self.lifeLimit = lifeLimit
  }
}
