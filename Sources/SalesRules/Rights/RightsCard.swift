/// What rights look at in a card: where it is, whose it is and how it stands.
public struct RightsCard: Hashable, Sendable {
  /// The pipeline it is in.
  public var pipeline: Int64
  /// The stage it stands in.
  public var stage: Int64
  /// The person responsible, nil for nobody.
  public var responsible: Int64?
  /// How it stands.
  public var outcome: Outcome

  /// Makes a card from its parts.
  public init(pipeline: Int64, stage: Int64, responsible: Int64?, outcome: Outcome) {
    self.pipeline = pipeline
    self.stage = stage
    self.responsible = responsible
    self.outcome = outcome
  }
}
