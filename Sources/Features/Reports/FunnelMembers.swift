internal import JSONRPC
internal import SalesRules

/// What `report.funnel` takes.
enum FunnelMembers {
  static let pipeline = Member<Int64>.identifier("pipeline", "The pipeline's id.")
  static let from = Member<WireDate>.date(
    "from", "The first day of the cohort, in the company's time zone.")
  static let to = Member<WireDate>.date(
    "to", "The day after the cohort's last one, in the company's time zone.")
  static let team = Member<Int64>.identifier(
    "team", "Only cards whose responsible is in this team or one below it.")
  static let responsible = Member<Int64>.identifier("responsible", "Only this user's cards.")
  static let source = Member<String>.text("source", "Only cards that came from there.")

  /// A past moment, or a day with all that happened on it.
  enum PastMoment: Sendable {
    case day(WireDate)
    case moment(Timestamp)

    /// The one or the other.
    var parts: (day: WireDate?, moment: Timestamp?) {
      switch self {
      case .day(let day): (day, nil)
      case .moment(let moment): (nil, moment)
      }
    }
  }

  static let asOf = Member<PastMoment>.oneOf(
    "as_of",
    [
      Member<WireDate>.date("as_of", "").map { .success(.day($0)) },
      CommonMembers.moment("as_of", "").map { .success(.moment($0)) },
    ],
    "A past moment, or a day with all that happened on it: what came later does not count.")
}
