internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A moment, or a day of the company's calendar.
enum DayOrMoment: Sendable {
  case day(WireDate)
  case moment(Timestamp)

  /// A member that is told in either way.
  static func member(_ name: String, _ summary: String) -> Member<DayOrMoment> {
    Member<DayOrMoment>.oneOf(
      name,
      [
        Member<WireDate>.date(name, "").map { .success(.day($0)) },
        CommonMembers.moment(name, "").map { .success(.moment($0)) },
      ], summary)
  }
}
