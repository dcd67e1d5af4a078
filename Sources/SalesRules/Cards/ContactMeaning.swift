/// What a status of the last contact says, whatever the company calls it.
public enum ContactMeaning: String, CaseIterable, Hashable, Sendable {
  /// Nobody answered.
  case missed
  /// The client wants to be called later.
  case callBack = "call_back"
  /// The client thinks it over.
  case thinking
  /// The client agrees to buy.
  case agreed
  /// The client refuses.
  case refused
  /// The client has been out of reach for long.
  case vanished
  /// Anything else.
  case other
}
