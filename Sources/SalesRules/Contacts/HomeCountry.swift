/// Whose habits of writing a phone number without its country are understood.
public enum HomeCountry: String, CaseIterable, Hashable, Sendable {
  /// Russia and Kazakhstan, which share +7: `8 916 …`, `916 …`, `8~10 …` for abroad.
  case russia
  /// None: a number needs its country's code.
  case none
}
