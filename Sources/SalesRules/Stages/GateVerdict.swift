/// What the gate answers.
public enum GateVerdict: Hashable, Sendable {
  /// The step may be taken, and leads where the passage says.
  case allowed(GatePassage)
  /// The step may not be taken. Everything that stands in its way, at least one, in a fixed order.
  case refused([GateProblem])

  /// Whether the step may be taken.
  public var isAllowed: Bool {
    if case .allowed = self { true } else { false }
  }

  /// What stands in the way; empty where the step may be taken.
  public var refusals: [GateProblem] {
    if case .refused(let problems) = self { problems } else { [] }
  }

  /// What is warned of; empty where the step is refused.
  public var warnings: [GateProblem] {
    if case .allowed(let passage) = self { passage.warnings } else { [] }
  }
}
