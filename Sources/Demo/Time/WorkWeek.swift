internal import SalesRules

/// When somebody works.
struct WorkWeek: Sendable {
  let zone: CompanyZone
  /// Seconds after midnight.
  let hours: Range<Int>
  /// How many days of the week, from Monday on.
  let days: Int
  /// Days off in every year, as month times 100 plus day.
  let holidays: Set<Int>

  /// Monday is 0.
  static func weekday(_ day: Int) -> Int {
    // 1970-01-01 was a Thursday.
    let rest = (day + 3) % 7
    return rest < 0 ? rest + 7 : rest
  }

  func isWorkday(_ day: Int) -> Bool {
    guard Self.weekday(day) < days else { return false }
    guard let date = CalendarDate(daysSince1970: day) else { return false }
    return !holidays.contains(date.month * 100 + date.day)
  }

  /// The moment itself where it is working time, else one in the first hour and a half of the next
  /// working day.
  func moment(atOrAfter moment: Timestamp, _ random: inout RandomSource) -> Timestamp {
    var (day, second) = zone.place(of: moment)
    if isWorkday(day), hours.contains(second) { return moment }
    if second >= hours.lowerBound { day += 1 }
    while !isWorkday(day) { day += 1 }
    second = hours.lowerBound + random.below(5400)
    return zone.moment(day: day, second: second)
  }
}
