/// On whose cards a grant holds, from the narrowest to the widest.
public enum CardScope: String, CaseIterable, Comparable, Hashable, Sendable {
  /// The responsible is the person.
  case own
  /// The responsible is a member of the team in question.
  case team
  /// The responsible is a member of the team in question or of one below it.
  case subteams
  /// Every card, also one that nobody is responsible for.
  case all

  /// Narrower comes first.
  public static func < (left: CardScope, right: CardScope) -> Bool {
    left.width < right.width
  }

  private var width: Int {
    switch self {
    case .own: 0
    case .team: 1
    case .subteams: 2
    case .all: 3
    }
  }
}
