/// What a card is (S0): a request to be examined, or selling itself.
///
/// A company has exactly one pipeline for leads; for deals as many as its plan allows.
public enum CardKind: String, CaseIterable, Hashable, Sendable {
  /// A request: will we work with this client or not?
  case lead
  /// The selling of goods or a service.
  case deal
}
