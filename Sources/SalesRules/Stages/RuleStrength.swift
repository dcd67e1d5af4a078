/// How strictly a pipeline's rule is taken.
public enum RuleStrength: String, CaseIterable, Comparable, Hashable, Sendable {
  /// The rule does not exist here.
  case off
  /// Breaking it is possible and is said.
  case warn
  /// Breaking it is refused.
  case enforce

  /// Weaker comes first.
  public static func < (left: RuleStrength, right: RuleStrength) -> Bool {
    left.weight < right.weight
  }

  private var weight: Int {
    switch self {
    case .off: 0
    case .warn: 1
    case .enforce: 2
    }
  }
}
