/// Looks for faults in a pipeline: in its design alone and, where cards have gone through it, in what they
/// did. A pure function; what it says of the design holds also for a pipeline without cards.
public struct PipelineLint {
  /// The faults, those that matter most first.
  public let findings: [LintFinding]

  /// Looks at a pipeline.
  public init(_ pipeline: LintPipeline, history: LintHistory? = nil) {
    let check = LintCheck(pipeline: pipeline, history: history)
    let found = check.styles + check.stages + check.rules + check.company + check.cards
    let order = LintSeverity.allCases
    findings = found.enumerated().sorted { one, other in
      let places = [one, other].map { order.firstIndex(of: $0.element.severity) ?? 0 }
      return (places[0], one.offset) < (places[1], other.offset)
    }.map(\.element)
  }

  /// From so many fields on there are too many.
  static let manyFields = 20
  /// Fewer cards than these prove nothing.
  static let fewestCards = 30
  /// Of so many cards one is few.
  static let seldom = 10
}
