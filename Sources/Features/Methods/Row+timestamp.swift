internal import Postgres
internal import SalesRules

extension Row {
  /// A moment; the session's times come in UTC, as `2026-03-01 06:30:00.25+00`.
  func timestamp(_ column: Int) throws(PostgresError) -> Timestamp {
    guard !isNull(column), let moment = withBytes(column, { Timestamp(postgres: $0) }) else {
      throw PostgresError(.decoding, message: "column \(column) is not a moment")
    }
    return moment
  }

  /// A moment, nil for NULL.
  func timestampIfPresent(_ column: Int) throws(PostgresError) -> Timestamp? {
    isNull(column) ? nil : try timestamp(column)
  }
}

extension Timestamp {
  /// From PostgreSQL's text of a `timestamptz` in UTC. Read where it lies: a card has five of them.
  init?(postgres text: UnsafeRawBufferPointer) {
    /// The number that the digits from one place up to another spell.
    func number(_ start: Int, _ end: Int) -> Int? {
      guard end <= text.count else { return nil }
      var value = 0
      for byte in text[start..<end] {
        let digit = Int(byte) - Int(UInt8(ascii: "0"))
        guard (0...9).contains(digit) else { return nil }
        value = value * 10 + digit
      }
      return value
    }
    guard text.count >= 22, text[text.count - 3] == UInt8(ascii: "+"),
      number(text.count - 2, text.count) == 0,
      text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), text[10] == UInt8(ascii: " "),
      text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
      let year = number(0, 4), let month = number(5, 7), let day = number(8, 10),
      let hour = number(11, 13), let minute = number(14, 16), let second = number(17, 19),
      let date = CalendarDate(year: year, month: month, day: day)
    else { return nil }
    var microseconds = 0
    if text.count > 22 {
      let end = text.count - 3
      guard text[19] == UInt8(ascii: "."), end <= 26, let fraction = number(20, end) else {
        return nil
      }
      microseconds = (end..<26).reduce(fraction) { scaled, _ in scaled * 10 }
    }
    let seconds = Int64(date.daysSince1970) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    self.init(microsecondsSince1970: seconds * 1_000_000 + Int64(microseconds))
  }
}
