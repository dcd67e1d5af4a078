internal import SalesRules

/// The months that a company's history covers: from so many months ago up to the midnight with which
/// today begins, busier in spring and autumn and on working days, and growing a little.
struct SalesYear: Sendable {
  let zone: CompanyZone
  /// The first day, counted from 1970-01-01.
  let firstDay: Int
  /// The day after the last one.
  let today: Int
  private let busyness: [Double]
  private let fairDays: [Int]

  /// Months from January on: people furnish before the school year and before winter.
  private static let months = [
    0.65, 0.85, 1.15, 1.1, 0.85, 0.85, 0.9, 1.05, 1.2, 1.25, 1.2, 1.05,
  ]
  private static let weekdays = [1.15, 1.1, 1.05, 1, 0.95, 0.75, 0.55]
  /// Requests by the hour from eight in the morning on.
  private static let hourly: [Double] = [2, 5, 8, 9, 9, 8, 8, 8, 8, 7, 6, 5, 5, 4, 3, 1]

  init(zone: CompanyZone, today: CalendarDate, months: Int) {
    self.zone = zone
    self.today = today.daysSince1970
    let first = max(1, today.year * 12 + today.month - 1 - max(1, months))
    // A month without the 29th to 31st begins the history a little earlier.
    let start = CalendarDate(year: first / 12, month: first % 12 + 1, day: min(today.day, 28))
    firstDay = min(start?.daysSince1970 ?? self.today, self.today - 1)
    let days = firstDay..<self.today
    let dates = days.map { ($0, CalendarDate(daysSince1970: $0) ?? today) }
    busyness = dates.map { day, date in
      let growth = 0.8 + 0.5 * Double(day - days.lowerBound) / Double(days.count)
      return Self.months[date.month - 1] * Self.weekdays[WorkWeek.weekday(day)] * growth
    }
    fairDays = dates.filter { _, date in
      (date.month == 3 && (12...15).contains(date.day))
        || (date.month == 10 && (10...13).contains(date.day))
    }.map(\.0)
  }

  /// The first moment that is not yet history.
  var end: Timestamp { zone.moment(day: today, second: 0) }

  /// Whether there was a fair in these months.
  var hasFairs: Bool { !fairDays.isEmpty }

  /// Moments at which requests came, in their order.
  func requestMoments(_ count: Int, _ random: inout RandomSource) -> [Timestamp] {
    let days = Array(busyness.indices)
    var sums: [Double] = []
    var sum = 0.0
    for day in days {
      sum += busyness[day]
      sums.append(sum)
    }
    return (0..<count).map { _ in
      let place = random.unit() * sum
      let day = sums.firstPlace { $0 > place } ?? days.count - 1
      let hour = 8 + random.pick(Array(0..<16)) { Self.hourly[$0] }
      return zone.moment(day: firstDay + day, second: hour * 3600 + random.below(3600))
    }.sorted()
  }

  /// A moment at a fair's stand, where there was one.
  func fairMoment(_ random: inout RandomSource) -> Timestamp? {
    guard hasFairs else { return nil }
    return zone.moment(day: random.pick(fairDays), second: random.within(36_000...64_800))
  }
}

extension [Double] {
  /// The first place of which the condition holds, where it holds from some place on to the end.
  fileprivate func firstPlace(where holds: (Double) -> Bool) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low < count ? low : nil
  }
}
