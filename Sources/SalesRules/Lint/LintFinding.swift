/// One fault of a pipeline, with what shows it.
public struct LintFinding: Hashable, Sendable {
  /// A stage at which it shows.
  public struct Evidence: Hashable, Sendable {
    /// The stage's id.
    public var stage: Int64
    /// The cards or moves that show it; nil where the design alone does.
    public var count: Int?
    /// What the count is to be compared with.
    public var outOf: Int?

    /// Makes evidence from its parts.
    public init(stage: Int64, count: Int? = nil, outOf: Int? = nil) {
      self.stage = stage
      self.count = count
      self.outOf = outOf
    }
  }

  /// What it is.
  public var code: LintCode
  /// How much it matters.
  public var severity: LintSeverity
  /// Where it shows, in the order of the stages; empty where it is the whole pipeline's.
  public var stages: [Evidence]
  /// The keys of the fields at which it shows.
  public var fields: [String]
  /// How many stages, moves, cards or fields show it.
  public var count: Int
  /// What the count is to be compared with: all of them.
  public var outOf: Int

  /// Makes a finding from its parts.
  public init(
    _ code: LintCode, _ severity: LintSeverity, stages: [Evidence] = [], fields: [String] = [],
    count: Int, outOf: Int
  ) {
    self.code = code
    self.severity = severity
    self.stages = stages
    self.fields = fields
    self.count = count
    self.outOf = outOf
  }
}
