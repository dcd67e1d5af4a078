/// A length of time as ISO 8601 writes it: `P14D`, `PT2H`, `P1M`.
///
/// Whole, non-negative parts only, each of up to six digits; weeks may stand with the others. Months and
/// years have no fixed length: for them ``seconds`` is nil and the calendar decides.
public struct ISO8601Duration: Hashable, Sendable {
  /// Whole years.
  public var years = 0
  /// Whole months.
  public var months = 0
  /// Whole weeks of seven days.
  public var weeks = 0
  /// Whole days; 24 hours each where counted in seconds.
  public var days = 0
  /// Whole hours.
  public var hours = 0
  /// Whole minutes.
  public var minutes = 0
  /// Whole seconds.
  public var wholeSeconds = 0

  /// No time at all.
  public init() {}

  /// So many days.
  public static func days(_ count: Int) -> ISO8601Duration {
    var duration = ISO8601Duration()
    duration.days = count
    return duration
  }

  /// So many months.
  public static func months(_ count: Int) -> ISO8601Duration {
    var duration = ISO8601Duration()
    duration.months = count
    return duration
  }

  /// So many hours.
  public static func hours(_ count: Int) -> ISO8601Duration {
    var duration = ISO8601Duration()
    duration.hours = count
    return duration
  }

  /// The length in seconds where it is exact; nil with months or years.
  public var seconds: Int64? {
    guard years == 0, months == 0 else { return nil }
    return Int64(weeks * 7 + days) * 86_400
      + Int64(hours) * 3600 + Int64(minutes) * 60 + Int64(wholeSeconds)
  }

  /// Whether it has no length.
  public var isZero: Bool { self == ISO8601Duration() }
}

extension ISO8601Duration: CustomStringConvertible {
  /// Reads a duration; nil for another form, an empty one, a part out of order, twice or with a fraction.
  public init?(_ text: some StringProtocol) {
    var reader = DigitReader(text)
    guard reader.take("P"), !reader.isAtEnd else { return nil }
    self.init()
    guard read(&reader, Self.dateParts) else { return nil }
    guard !reader.isAtEnd else { return }
    guard reader.take("T"), !reader.isAtEnd else { return nil }
    guard read(&reader, Self.timeParts), reader.isAtEnd else { return nil }
  }

  /// The duration as ISO 8601 writes it, parts that are zero left out; `PT0S` for none.
  public var description: String {
    let date = text(Self.dateParts)
    let time = text(Self.timeParts)
    return isZero ? "PT0S" : "P\(date)\(time.isEmpty ? "" : "T\(time)")"
  }

  private typealias Part = (sign: Unicode.Scalar, path: WritableKeyPath<ISO8601Duration, Int>)

  private static var dateParts: [Part] {
    [("Y", \.years), ("M", \.months), ("W", \.weeks), ("D", \.days)]
  }

  private static var timeParts: [Part] {
    [("H", \.hours), ("M", \.minutes), ("S", \.wholeSeconds)]
  }

  /// Reads parts in their order up to the `T` or the end.
  private mutating func read(_ reader: inout DigitReader, _ parts: [Part]) -> Bool {
    var left = parts[...]
    while let next = reader.next, isDigit(next) {
      guard let (value, _) = reader.run(limit: 6),
        let index = left.firstIndex(where: { reader.next == UInt8(ascii: $0.sign) })
      else { return false }
      _ = reader.take(left[index].sign)
      self[keyPath: left[index].path] = value
      left = left[(index + 1)...]
    }
    return true
  }

  private func text(_ parts: [Part]) -> String {
    parts.filter { self[keyPath: $0.path] != 0 }
      .map { "\(self[keyPath: $0.path])\($0.sign)" }.joined()
  }
}
