extension Timestamp {
  /// The moment so much later, months and years by the calendar in UTC; held at the end of the range.
  ///
  /// A month after 31 January is the last day of February.
  public func adding(_ duration: ISO8601Duration) -> Timestamp {
    var fixed = duration
    (fixed.years, fixed.months) = (0, 0)
    return addingMonths(duration.years * 12 + duration.months).adding(seconds: fixed.seconds ?? 0)
  }

  private func addingMonths(_ months: Int) -> Timestamp {
    guard months > 0, let date = utcDate else { return self }
    let month = date.year * 12 + date.month - 1 + months
    let target = (0...3).lazy.compactMap {
      CalendarDate(year: month / 12, month: month % 12 + 1, day: date.day - $0)
    }.first
    guard let target else { return .latest }
    return adding(seconds: Int64(target.daysSince1970 - date.daysSince1970) * 86_400)
  }
}
