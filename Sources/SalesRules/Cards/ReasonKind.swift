/// The company's three lists of reasons for closing a card (S0).
public enum ReasonKind: String, CaseIterable, Hashable, Sendable {
  /// Why a client refused or was dropped.
  case loss
  /// Why a client bought.
  case win
  /// Why it never was a real request: wrong number, duplicate, not a client, test.
  case invalid
}
