/// A point in time, to the microsecond, as it stands on the wire.
public struct WireTimestamp: Sendable, Hashable, Comparable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  public let microsecondsSinceEpoch: Int64

  /// A point in time.
  public init(microsecondsSinceEpoch: Int64) {
    self.microsecondsSinceEpoch = microsecondsSinceEpoch
  }

  /// The years 1 to 9999 in UTC: what can be written.
  private static let writable: ClosedRange<Int64> =
    -62_135_596_800_000_000...253_402_300_799_999_999

  /// The time that an RFC 3339 text names; its zone must be there. Digits beyond the microsecond
  /// are dropped; a leap second counts as the second after it. Nil also where the zone leads out of
  /// the years 1 to 9999.
  public init?(rfc3339 text: String) {
    var digits = DigitScanner(text)
    guard let year = digits.number(4), digits.take("-"), let month = digits.number(2),
      digits.take("-"), let day = digits.number(2), digits.take("T", "t", " "),
      let hour = digits.number(2), digits.take(":"), let minute = digits.number(2),
      digits.take(":"), let second = digits.number(2),
      let date = WireDate(year: year, month: month, day: day),
      hour < 24, minute < 60, second <= 60,
      let microseconds = Self.fraction(&digits), let offset = Self.offset(&digits), digits.isAtEnd
    else { return nil }
    let seconds = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offset
    let moment = Int64(seconds) * 1_000_000 + Int64(microseconds)
    guard Self.writable.contains(moment) else { return nil }
    self.init(microsecondsSinceEpoch: moment)
  }

  /// Whether the first comes earlier.
  public static func < (left: WireTimestamp, right: WireTimestamp) -> Bool {
    left.microsecondsSinceEpoch < right.microsecondsSinceEpoch
  }

  private static func fraction(_ digits: inout DigitScanner) -> Int? {
    guard digits.take(".") else { return 0 }
    guard let first = digits.digit() else { return nil }
    var value = first * 100_000
    var unit = 10_000
    while let digit = digits.digit() {
      value += digit * unit
      unit /= 10
    }
    return value
  }

  private static func offset(_ digits: inout DigitScanner) -> Int? {
    if digits.take("Z", "z") { return 0 }
    let isNegative = digits.take("-")
    guard isNegative || digits.take("+"), let hours = digits.number(2), digits.take(":"),
      let minutes = digits.number(2), hours < 24, minutes < 60
    else { return nil }
    return (isNegative ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}

extension WireTimestamp: CustomStringConvertible {
  /// RFC 3339 in UTC, with as many digits after the second as it needs: none, three or six. A moment
  /// beyond the years 1 to 9999 is written as the nearest within them.
  public var description: String {
    let moment = min(
      max(microsecondsSinceEpoch, Self.writable.lowerBound), Self.writable.upperBound)
    let (seconds, microseconds) = Int(moment).flooringDivision(by: 1_000_000)
    let (days, second) = seconds.flooringDivision(by: 86_400)
    let date = WireDate(daysSinceEpoch: days)?.description ?? ""
    let fraction =
      switch microseconds {
      case 0: ""
      case _ where microseconds % 1000 == 0: "." + (microseconds / 1000).padded(3)
      default: "." + microseconds.padded(6)
      }
    let time = [second / 3600, second / 60 % 60, second % 60].map { $0.padded(2) }
    return "\(date)T\(time.joined(separator: ":"))\(fraction)Z"
  }
}

extension Int {
  fileprivate func flooringDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
