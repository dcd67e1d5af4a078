internal import SalesRules
internal import Testing

@testable internal import Features

@Suite("Moments as PostgreSQL writes them")
struct PostgresTimestampTests {
  private func moment(_ text: String) -> String? {
    Array(text.utf8).withUnsafeBytes { Timestamp(postgres: $0)?.description }
  }

  @Test("A moment is read to the microsecond, whatever of its fraction is written")
  func read() {
    #expect(moment("2026-03-01 06:30:00+00") == "2026-03-01T06:30:00Z")
    #expect(moment("2026-03-01 06:30:00.25+00") == "2026-03-01T06:30:00.250000Z")
    #expect(moment("2026-03-01 06:30:00.000001+00") == "2026-03-01T06:30:00.000001Z")
    #expect(moment("0001-01-01 00:00:00+00") == "0001-01-01T00:00:00Z")
    #expect(moment("9999-12-31 23:59:59.999999+00") == "9999-12-31T23:59:59.999999Z")
    #expect(moment("1969-12-31 23:59:59.5+00") == "1969-12-31T23:59:59.500000Z")
    #expect(moment("2024-02-29 00:00:00+00") == "2024-02-29T00:00:00Z")
  }

  @Test(
    "What is no moment in UTC is none",
    arguments: [
      "", "infinity", "-infinity", "2026-03-01", "2026-03-01 06:30:00", "2026-03-01 06:30:00+03",
      "2026-02-29 00:00:00+00", "2026-13-01 00:00:00+00", "10000-01-01 00:00:00+00",
      "0044-03-15 00:00:00+00 BC", "2026-03-01 06:30:00.1234567+00", "2026-03-01 06:30:0x+00",
      "2026-03-01T06:30:00+00", "2026-03-01 06:30:00,5+00",
    ])
  func refused(_ text: String) {
    #expect(moment(text) == nil)
  }
}
