/// Why one person may or may not do one thing with one card.
public enum RightsExplanation: Hashable, Sendable {
  /// It is allowed, by what is named.
  case allowed(by: RightsSource)
  /// It is not, for the reason named; `wouldNeed` is the smallest change that would allow it.
  case denied(because: RightsDenial, wouldNeed: RightsChange)

  /// Whether it is allowed.
  public var isAllowed: Bool {
    if case .allowed = self { true } else { false }
  }
}
