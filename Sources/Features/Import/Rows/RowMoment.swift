internal import JSON
internal import SalesRules

/// A moment as rows give it: a day of the company's calendar, or a moment with its zone.
enum RowMoment: Hashable {
  case day(CalendarDate)
  case moment(Timestamp)

  /// Reads `YYYY-MM-DD` or RFC 3339; nil where nothing is given.
  init?(_ json: JSON, _ name: String) throws(RowRejection) {
    guard let text = try ImportRow.text(json, name) else { return nil }
    if let day = CalendarDate(text), day.year >= 1900 {
      self = .day(day)
    } else if let moment = Timestamp(text), moment >= Self.earliest {
      self = .moment(moment)
    } else {
      throw RowRejection(
        "\(name) \(RowRejection.quoted(text)) is neither a day such as 2025-03-01 nor a time with its "
          + "zone such as 2025-03-01T09:30:00+03:00")
    }
  }

  private static let earliest = Timestamp("1900-01-01T00:00:00Z") ?? .earliest

  /// The day, where it is one.
  var day: CalendarDate? {
    if case .day(let day) = self { day } else { nil }
  }
}

/// When days begin and end in the company's time zone, as the database knows it.
struct Calendar {
  private var days: [CalendarDate: (begin: Timestamp, end: Timestamp)] = [:]

  mutating func add(_ day: CalendarDate, begin: Timestamp, end: Timestamp) {
    days[day] = (begin, end)
  }

  /// The moment, or the day's beginning.
  func begin(of moment: RowMoment) throws(RowRejection) -> Timestamp {
    switch moment {
    case .moment(let moment): return moment
    case .day(let day):
      guard let begin = days[day]?.begin else {
        throw RowRejection("the day \(day) is not in the company's calendar")
      }
      return begin
    }
  }

  /// The moment, or the last one of the day: what closes a card comes after all else of its day.
  func end(of moment: RowMoment) throws(RowRejection) -> Timestamp {
    switch moment {
    case .moment(let moment): return moment
    case .day(let day):
      guard let end = days[day]?.end,
        let last = Timestamp(microsecondsSince1970: end.microsecondsSince1970 - 1)
      else { throw RowRejection("the day \(day) is not in the company's calendar") }
      return last
    }
  }
}
