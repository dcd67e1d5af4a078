/// A pipeline as far as its faults go.
public struct LintPipeline: Hashable, Sendable {
  /// Whether its cards are leads or deals.
  public var kind: CardKind
  /// Its name.
  public var name: String
  /// Its stages in their order.
  public var stages: [LintStage]
  /// Its rules.
  public var rules: PipelineRules
  /// How many fields of the company's own its cards have.
  public var fieldCount: Int
  /// What else the company has; nil where the asker may not know.
  public var company: LintCompany?

  /// Makes a pipeline from its parts.
  public init(
    kind: CardKind, name: String, stages: [LintStage], rules: PipelineRules = PipelineRules(),
    fieldCount: Int = 0, company: LintCompany? = nil
  ) {
    self.kind = kind
    self.name = name
    self.stages = stages
    self.rules = rules
    self.fieldCount = fieldCount
    self.company = company
  }
}

/// What a company has besides the pipeline that is looked at.
public struct LintCompany: Hashable, Sendable {
  /// The names of its other pipelines and their open stages.
  public var names: [String]
  /// Whether requests come in as leads, which somebody qualifies in open stages.
  public var hasLeads: Bool

  /// Makes it from its parts.
  public init(names: [String], hasLeads: Bool) {
    self.names = names
    self.hasLeads = hasLeads
  }
}
