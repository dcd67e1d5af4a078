import Testing

@testable import Console

@Suite struct ImportValueTests {
  @Test(arguments: [
    ("1054", "1054"), ("1 054.50", "1054.50"), ("1,054.50", "1054.50"), ("1.054,50", "1054.50"),
    ("1054,5", "1054.5"), ("1,054", "1054"), ("1.054", "1.054"), ("-3", "-3"),
    ("1,000,000", "1000000"), ("10\u{A0}000", "10000"),
  ])
  func `Sums are read as people write them`(text: String, sum: String) throws {
    #expect(try SumText.wire(text) == sum)
  }

  @Test(arguments: ["", "abc", "1.2.3", "1,2,3", "12,34,567.0", ".5", "5.", "1e5", "$5"])
  func `What is no sum is refused`(text: String) {
    #expect(throws: RowProblem.self) { try SumText.wire(text) }
  }

  @Test(arguments: [
    ("2016-10-20", DayFormat.iso, "2016-10-20"), ("1.2.2024", .russian, "2024-02-01"),
    ("12/31/2024", .american, "2024-12-31"), ("31/12/2024", .british, "2024-12-31"),
    ("2016-10-20 13:05", .iso, "2016-10-20T13:05:00+03:00"),
    ("2016-10-20T13:05:07.5Z", .iso, "2016-10-20T13:05:07.5Z"),
    ("2016-10-20T13:05:07-05:00", .iso, "2016-10-20T13:05:07-05:00"),
    ("2024-02-29", .iso, "2024-02-29"),
  ])
  func `Moments are brought to the wire's form`(text: String, format: DayFormat, wire: String)
    throws
  {
    #expect(try MomentText.wire(text, format: format, zone: "+03:00") == wire)
  }

  @Test(arguments: [
    "2023-02-29", "2016-13-01", "20161020", "2016-10-20x", "2016-10-20 25:00", "2016-10-20 1:00",
    "2016-10-20T10:00:00 MSK", "",
  ])
  func `What is no moment is refused`(text: String) {
    #expect(throws: RowProblem.self) { try MomentText.wire(text, format: .iso, zone: nil) }
  }
}
