extension Timestamp: CustomStringConvertible {
  /// Reads an RFC 3339 time with its zone: `2026-03-01T09:30:00+03:00`, `2026-03-01T06:30:00.25Z`.
  ///
  /// The zone is never guessed: without one it is nil. Up to nine digits of a fraction are taken; those
  /// beyond the microsecond are cut off. The leap second `23:59:60` UTC is the second after it.
  public init?(_ text: some StringProtocol) {
    var reader = DigitReader(text)
    guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2),
      reader.take("-"), let day = reader.digits(2), reader.take("T") || reader.take("t"),
      let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2),
      reader.take(":"), let second = reader.digits(2),
      let date = CalendarDate(year: year, month: month, day: day),
      hour <= 23, minute <= 59, second <= 60,
      let fraction = Self.fraction(&reader), let offset = Self.offset(&reader), reader.isAtEnd
    else { return nil }
    let local = Int64(date.daysSince1970) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    let seconds = local - Int64(offset)
    guard second < 60 || seconds % 86_400 == 0 else { return nil }
    self.init(microsecondsSince1970: seconds * 1_000_000 + Int64(fraction))
  }

  /// The moment in UTC, `2026-03-01T06:30:00Z`, with six digits of a fraction where there is one.
  public var description: String {
    let perDay: Int64 = 86_400_000_000
    var days = microsecondsSince1970 / perDay
    var rest = microsecondsSince1970 % perDay
    if rest < 0 {
      days -= 1
      rest += perDay
    }
    guard let date = CalendarDate(daysSince1970: Int(days)) else { return "" }
    let seconds = Int(rest / 1_000_000)
    let fraction = Int(rest % 1_000_000)
    // Each answer and each change has several: it is written digit by digit, into one string.
    return String(unsafeUninitializedCapacity: 27) { text in
      var length = 0
      func put(_ number: Int, _ width: Int, then sign: Unicode.Scalar) {
        var rest = number
        for place in stride(from: length + width - 1, through: length, by: -1) {
          text[place] = UInt8(ascii: "0") + UInt8(rest % 10)
          rest /= 10
        }
        text[length + width] = UInt8(ascii: sign)
        length += width + 1
      }
      put(date.year, 4, then: "-")
      put(date.month, 2, then: "-")
      put(date.day, 2, then: "T")
      put(seconds / 3600, 2, then: ":")
      put(seconds / 60 % 60, 2, then: ":")
      put(seconds % 60, 2, then: fraction == 0 ? "Z" : ".")
      if fraction != 0 { put(fraction, 6, then: "Z") }
      return length
    }
  }

  /// The day in UTC on which the moment falls.
  public var utcDate: CalendarDate? {
    let perDay: Int64 = 86_400_000_000
    let days = microsecondsSince1970 / perDay
    return CalendarDate(daysSince1970: Int(microsecondsSince1970 % perDay < 0 ? days - 1 : days))
  }

  /// The microseconds after the second; zero where no fraction is written.
  private static func fraction(_ reader: inout DigitReader) -> Int? {
    guard reader.take(".") else { return 0 }
    guard let (value, count) = reader.run(limit: 9) else { return nil }
    return count <= 6
      ? (count..<6).reduce(value) { scaled, _ in scaled * 10 }
      : (6..<count).reduce(value) { scaled, _ in scaled / 10 }
  }

  /// The zone's distance from UTC in seconds.
  private static func offset(_ reader: inout DigitReader) -> Int? {
    if reader.take("Z") || reader.take("z") { return 0 }
    let sign: Int
    if reader.take("+") { sign = 1 } else if reader.take("-") { sign = -1 } else { return nil }
    guard let hours = reader.digits(2), reader.take(":"), let minutes = reader.digits(2),
      hours <= 23, minutes <= 59
    else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
