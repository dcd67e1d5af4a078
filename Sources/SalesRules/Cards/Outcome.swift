/// How a card stands. A lead that is won has been converted (S0: it ends in a deal or in a loss).
public enum Outcome: String, CaseIterable, Hashable, Sendable {
  /// It is worked on.
  case open
  /// Won; a lead: converted.
  case won
  /// Lost.
  case lost
}
