public import SalesRules

/// The time zone a generated company lives in, as a fixed distance from UTC.
///
/// Where clocks change in summer, its working hours are off by that hour then, which nobody notices.
public struct CompanyZone: Hashable, Sendable {
  /// The zone's name, `Europe/Moscow`.
  public let name: String
  /// How many seconds its clocks are ahead of UTC.
  public let secondsFromUTC: Int

  /// The day on which this moment falls there.
  public func day(of moment: Timestamp) -> CalendarDate? {
    CalendarDate(daysSince1970: place(of: moment).day)
  }

  /// The moment at so many seconds after midnight of a day, counted from 1970-01-01.
  func moment(day: Int, second: Int) -> Timestamp {
    let seconds = Int64(day) * 86_400 + Int64(second - secondsFromUTC)
    return Timestamp(microsecondsSince1970: seconds * 1_000_000) ?? .earliest
  }

  /// The day, counted from 1970-01-01, and the seconds since its midnight.
  func place(of moment: Timestamp) -> (day: Int, second: Int) {
    let perSecond: Int64 = 1_000_000
    let seconds = Int(moment.microsecondsSince1970 / perSecond) + secondsFromUTC
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    return (day, seconds - day * 86_400)
  }
}
