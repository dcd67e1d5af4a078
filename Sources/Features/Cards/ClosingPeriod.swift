internal import JSONRPC
internal import Postgres
internal import SalesRules

/// From when on and before when the cards of a list were closed.
struct ClosingPeriod: Sendable {
  static let from = DayOrMoment.member(
    "closed_from",
    "Only cards closed from this moment on, or on this day or later in the company's time zone.")
  static let to = DayOrMoment.member(
    "closed_to",
    "Only cards closed before this moment, or on this day or earlier in the company's time zone.")

  let start: Timestamp?
  let end: Timestamp?

  init(start: Timestamp?, end: Timestamp?) {
    self.start = start
    self.end = end
  }

  /// What a request asks for; nil where it does not.
  init?(_ call: TenantCall) async throws {
    let (from, to) = (call.arguments[optional: Self.from], call.arguments[optional: Self.to])
    if from == nil, to == nil { return nil }
    let days = [try Self.day(from, Self.from.name), try Self.day(to, Self.to.name, last: true)]
    let rows = days.allSatisfy { $0 == nil } ? [] : try await Self.beginnings(of: days, call)
    start = try Self.moment(from, rows.first)
    end = try Self.moment(to, rows.last)
    guard let start, let end, end < start else { return }
    throw RPCError.invalid([
      FieldProblem(path: Self.from.name, problem: "comes after \(Self.to.name)"),
      FieldProblem(path: Self.to.name, problem: "comes before \(Self.from.name)"),
    ])
  }

  /// The day with whose beginning the period begins or, behind its last day, ends.
  private static func day(
    _ given: DayOrMoment?, _ name: String, last isLast: Bool = false
  ) throws(RPCError) -> CalendarDate? {
    guard case .day(let day)? = given else { return nil }
    guard let date = CalendarDate(day.description), let begun = date.adding(days: isLast ? 1 : 0)
    else {
      throw .invalid([FieldProblem(path: name, problem: "has to be a date, such as 2025-03-01")])
    }
    return begun
  }

  private static func beginnings(
    of days: [CalendarDate?], _ call: TenantCall
  ) async throws -> [Rows] {
    // Of an end that is no day anything is asked, and not looked at.
    try await call.read(
      days.map { day in
        ClockStatements.day(
          call.tenantParameter, .string(day?.description), .text(call.company.timezone))
      })
  }

  private static func moment(_ given: DayOrMoment?, _ rows: Rows?) throws -> Timestamp? {
    switch given {
    case nil: nil
    case .moment(let moment): moment
    case .day: try rows?[0].timestamp(0)
    }
  }
}
