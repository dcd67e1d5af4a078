import Foundation
import Testing

@testable import Console

@Suite struct CSVReaderTests {
  private func records(_ text: String) throws -> [CSVRecord] {
    let folder = try TemporaryFolder(["data.csv": text])
    var reader = try CSVReader(path: folder.file("data.csv"), name: "data.csv")
    var records: [CSVRecord] = []
    while let record = try reader.next() { records.append(record) }
    return records
  }

  @Test func `A record knows the line it begins on, also behind cells of several lines`() throws {
    let records = try records("a,b\r\n\"one\ntwo\r\nthree\",x\n\nlast,\"say \"\"hi\"\"\"\n")
    #expect(
      records == [
        CSVRecord(line: 1, cells: ["a", "b"]),
        CSVRecord(line: 2, cells: ["one\ntwo\r\nthree", "x"]),
        CSVRecord(line: 6, cells: ["last", "say \"hi\""]),
      ])
  }

  @Test func `Spaces, empty last cells and a missing last line end are kept`() throws {
    #expect(try records(" a ,b,\n,,").map(\.cells) == [[" a ", "b", ""], ["", "", ""]])
    #expect(try records("a,\"\"").map(\.cells) == [["a", ""]])
  }

  @Test func `A byte order mark is no part of the first cell`() throws {
    #expect(try records("\u{FEFF}имя,b\n").map(\.cells) == [["имя", "b"]])
  }

  @Test(arguments: [
    ("a,b\"c\n", 1), ("a\n\"b\"c\n", 2), ("a\n\"never closed\nmore\n", 2), ("a\rb\n", 1),
  ])
  func `What RFC 4180 refuses is refused with its line`(text: String, line: Int) {
    #expect { try records(text) } throws: { ($0 as? CSVError)?.line == line }
  }

  @Test func `Bytes that are not UTF-8 are refused with advice`() throws {
    let folder = try TemporaryFolder()
    try Data([0x61, 0x0A, 0xC8, 0xEC, 0xFF, 0x0A]).write(
      to: URL(fileURLWithPath: folder.file("cp1251.csv")))
    var reader = try CSVReader(path: folder.file("cp1251.csv"), name: "cp1251.csv")
    _ = try reader.next()
    #expect { try reader.next() } throws: { "\($0)".contains("iconv") }
  }

  @Test func `What is written is read back the same`() throws {
    let rows = [["plain", "a,b", "say \"hi\"", "two\r\nlines", "\"\u{301}", "", " "]]
    let text = CSVWriter(guardsFormulas: false).text(rows)
    #expect(try records(text).map(\.cells) == rows)
  }

  @Test func `Cells that a spreadsheet would run get an apostrophe, numbers do not`() {
    let line = CSVWriter(guardsFormulas: true)
      .line(["=cmd|' /C calc'!A0", "+7 916 123-45-67", "-12.5", "@SUM(A1)", "-1+cmd", "\tx", "x"])
    #expect(line == "'=cmd|' /C calc'!A0,+7 916 123-45-67,-12.5,'@SUM(A1),'-1+cmd,'\tx,x\r\n")
    #expect(CSVWriter(guardsFormulas: false).line(["=1"]) == "=1\r\n")
  }
}
