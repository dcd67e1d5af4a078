/// On which cards a grant holds, by how they ended.
///
/// S4 asks for it: a marketer from outside sees the lost cards of the qualification pipeline and no other.
public enum OutcomeScope: String, CaseIterable, Hashable, Sendable {
  /// Every card.
  case any
  /// Cards that are still worked on.
  case open
  /// Won deals, converted leads.
  case won
  /// Lost cards.
  case lost

  /// The scope that holds exactly this outcome.
  public init(_ outcome: Outcome) {
    switch outcome {
    case .open: self = .open
    case .won: self = .won
    case .lost: self = .lost
    }
  }

  /// Whether a card that ended so, or has not ended, falls under the scope.
  public func includes(_ outcome: Outcome) -> Bool {
    self == .any || self == OutcomeScope(outcome)
  }

  /// The narrowest scope that holds what either holds.
  public func union(_ other: OutcomeScope) -> OutcomeScope {
    self == other ? self : .any
  }
}
