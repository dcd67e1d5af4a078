/// When output is coloured.
public enum ColourPolicy: String, Sendable, CaseIterable {
  /// On a terminal, unless NO_COLOR is set or TERM is `dumb`.
  case auto
  /// Always; for pagers that understand colour.
  case always
  /// Never.
  case never

  func allows(isTerminal: Bool, environment: [String: String]) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      let refusesColour = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
      return isTerminal && !refusesColour && environment["TERM"] != "dumb"
    }
  }
}
