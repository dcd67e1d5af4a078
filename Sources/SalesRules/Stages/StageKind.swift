/// Where a stage stands in a card's life.
public enum StageKind: String, CaseIterable, Hashable, Sendable {
  /// The card is worked on here.
  case open
  /// The card ends here well; a lead: converted.
  case won
  /// The card ends here badly. A pipeline may have several: refused, vanished (S0).
  case lost

  /// The outcome of a card that stands in such a stage.
  public var outcome: Outcome {
    switch self {
    case .open: .open
    case .won: .won
    case .lost: .lost
    }
  }
}
