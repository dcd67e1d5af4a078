internal import JSONRPC
internal import Testing

@Suite struct WireTimeTests {
  @Test(arguments: [
    ("2025-03-01T09:30:00+03:00", "2025-03-01T06:30:00Z"),
    ("2025-03-01T06:30:00Z", "2025-03-01T06:30:00Z"),
    ("2025-03-01t06:30:00z", "2025-03-01T06:30:00Z"),
    ("2025-03-01 06:30:00Z", "2025-03-01T06:30:00Z"),
    ("2025-03-01T06:30:00.5Z", "2025-03-01T06:30:00.500Z"),
    ("2025-03-01T06:30:00.000001Z", "2025-03-01T06:30:00.000001Z"),
    ("2025-03-01T06:30:00.123456789Z", "2025-03-01T06:30:00.123456Z"),
    ("2024-12-31T23:59:60Z", "2025-01-01T00:00:00Z"),
    ("2025-01-01T00:30:00+01:00", "2024-12-31T23:30:00Z"),
    ("2025-03-01T06:30:00-00:00", "2025-03-01T06:30:00Z"),
    ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
  ]) func `A time is read with its zone and written in UTC`(_ text: String, _ written: String) {
    #expect(WireTimestamp(rfc3339: text)?.description == written)
    #expect(WireTimestamp(rfc3339: written)?.description == written)
  }

  @Test(arguments: [
    "", "2025-03-01", "2025-03-01T06:30:00", "2025-03-01T06:30Z", "2025-02-29T00:00:00Z",
    "2025-13-01T00:00:00Z", "2025-00-10T00:00:00Z", "2025-01-00T00:00:00Z", "2025-01-01T24:00:00Z",
    "2025-01-01T00:60:00Z", "2025-01-01T00:00:61Z", "2025-01-01T00:00:00.Z",
    "2025-01-01T00:00:00,5Z", "2025-01-01T00:00:00+0300", "2025-01-01T00:00:00+24:00",
    "2025-01-01T00:00:00+03", "2025-01-01T00:00:00 Z", " 2025-01-01T00:00:00Z",
    "2025-01-01T00:00:00Z ", "25-01-01T00:00:00Z", "+2025-01-01T00:00:00Z",
    "０２０２５-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z",
    "2025-01-01T00:00:00−03:00",
  ]) func `What is no time with a zone is refused`(_ text: String) {
    #expect(WireTimestamp(rfc3339: text) == nil)
  }

  @Test func `A zone does not carry a time out of the years that can be written`() {
    #expect(WireTimestamp(rfc3339: "9999-12-31T23:59:59-01:00") == nil)
    #expect(WireTimestamp(rfc3339: "9999-12-31T23:59:60Z") == nil)
    #expect(WireTimestamp(rfc3339: "0001-01-01T00:00:00+00:01") == nil)
    #expect(WireTimestamp(rfc3339: "0001-01-01T01:00:00+01:00") != nil)
  }

  @Test func `A moment beyond the years is held at their ends when written`() {
    #expect(WireTimestamp(microsecondsSinceEpoch: .min).description == "0001-01-01T00:00:00Z")
    #expect(
      WireTimestamp(microsecondsSinceEpoch: .max).description == "9999-12-31T23:59:59.999999Z")
  }

  @Test func `Earlier comes first`() throws {
    let early = try #require(WireTimestamp(rfc3339: "2025-01-01T00:00:00+03:00"))
    let late = try #require(WireTimestamp(rfc3339: "2025-01-01T00:00:00Z"))
    #expect(early < late && !(late < early))
    let day = try #require(WireDate(text: "2024-12-31"))
    #expect(day < (try #require(WireDate(text: "2025-01-01"))))
  }

  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11016), ("0001-01-01", -719_162),
    ("9999-12-31", 2_932_896), ("2025-03-01", 20148),
  ]) func `A day is counted from 1970`(_ text: String, _ days: Int) {
    #expect(WireDate(text: text)?.daysSinceEpoch == days)
    #expect(WireDate(daysSinceEpoch: days)?.description == text)
  }

  @Test func `Every day follows the one before`() throws {
    var day = try #require(WireDate(text: "1899-12-31"))
    for count in 1...75_000 {
      let next = try #require(WireDate(daysSinceEpoch: day.daysSinceEpoch + 1))
      let isNextOfMonth = next.month == day.month && next.day == day.day + 1
      #expect(isNextOfMonth || next.day == 1, "\(count): \(next)")
      day = next
    }
  }

  @Test(arguments: [
    "", "2023-02-29", "1900-02-29", "2025-04-31", "2025-1-1", "2025-01-01T", "2025/01/01",
    "20250101", "0000-01-01", "2025-01-32", "-001-01-01",
  ]) func `What is no day is refused`(_ text: String) {
    #expect(WireDate(text: text) == nil)
  }

  @Test(arguments: [.min, .max, -719_163, 2_932_897] as [Int])
  func `A count beyond the calendar is no day`(_ days: Int) {
    #expect(WireDate(daysSinceEpoch: days) == nil)
  }
}
