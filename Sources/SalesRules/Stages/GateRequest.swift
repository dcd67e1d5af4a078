/// Everything the gate decides on.
public struct GateRequest: Hashable, Sendable {
  /// What is to happen.
  public var step: GateStep
  /// The pipeline in which it happens: the card's own, or the one a new card is for.
  public var pipeline: PipelineDesign
  /// What the one who takes the step may do.
  public var rights: GateRights
  /// The reason given, already looked up.
  public var reason: GateReason?
  /// The comment given; one of spaces alone counts as none.
  public var comment: String?
  /// The kinds of reasons of which the company has at least one active.
  public var reasonsAvailable: Set<ReasonKind>
  /// The company's rules on closing and reopening.
  public var rules: ClosingRules
  /// The present moment.
  public var now: Timestamp

  /// Makes a request from its parts.
  public init(
    _ step: GateStep, in pipeline: PipelineDesign, rights: GateRights, reason: GateReason? = nil,
    comment: String? = nil, reasonsAvailable: Set<ReasonKind> = [],
    rules: ClosingRules = ClosingRules(), now: Timestamp
  ) {
    self.step = step
    self.pipeline = pipeline
    self.rights = rights
    self.reason = reason
    self.comment = comment
    self.reasonsAvailable = reasonsAvailable
    self.rules = rules
    self.now = now
  }
}
