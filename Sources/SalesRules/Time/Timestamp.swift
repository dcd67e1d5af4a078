/// A moment, exact to the microsecond: what PostgreSQL's `timestamptz` holds, within the years 1 to 9999.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  public let microsecondsSince1970: Int64

  /// The earliest moment, 0001-01-01T00:00:00Z.
  public static let earliest = Timestamp(unchecked: -62_135_596_800_000_000)
  /// The latest moment, a microsecond before the year 10000.
  public static let latest = Timestamp(unchecked: 253_402_300_799_999_999)

  /// The moment so many microseconds after 1970 began, in UTC; nil outside the years 1 to 9999.
  public init?(microsecondsSince1970: Int64) {
    let range = Self.earliest.microsecondsSince1970...Self.latest.microsecondsSince1970
    guard range.contains(microsecondsSince1970) else { return nil }
    self.microsecondsSince1970 = microsecondsSince1970
  }

  private init(unchecked microsecondsSince1970: Int64) {
    self.microsecondsSince1970 = microsecondsSince1970
  }

  /// The moment so many seconds later, or earlier; held at the ends of the range.
  public func adding(seconds: Int64) -> Timestamp {
    let (delta, tooMuch) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let (sum, overflow) = microsecondsSince1970.addingReportingOverflow(delta)
    if !tooMuch, !overflow, let moment = Timestamp(microsecondsSince1970: sum) { return moment }
    return seconds < 0 ? .earliest : .latest
  }

  /// The earlier moment comes first.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microsecondsSince1970 < right.microsecondsSince1970
  }
}
