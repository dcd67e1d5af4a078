/// The three kinds of loss (S2), by which a company tells what it did not want from what it could not have.
public enum LossKind: String, CaseIterable, Hashable, Sendable {
  /// The seller took the card off, as the company's rules say.
  case dropped
  /// The client refused for a reason that makes sense.
  case refused
  /// The client vanished: nobody knows why.
  case vanished
}
