import Foundation
import JSON
import Testing

@testable import Console

/// Keys, lines and moments as they are typed.
@Suite struct WorkKeyTests {
  @Test func `Bytes of a terminal become keys, also where they come in pieces`() {
    var decoder = KeyDecoder()
    #expect(
      decoder.keys(in: Array("jж\u{1B}[A\u{1B}OB\u{1B}[5~\r\u{7F}\u{3}".utf8)) == [
        .character("j"), .character("ж"), .up, .down, .pageUp, .enter, .backspace, .interrupt,
      ])
    let letter = Array("я".utf8)
    #expect(decoder.keys(in: letter.prefix(1)) == [])
    #expect(decoder.keys(in: letter.suffix(1)) == [.character("я")])
    #expect(decoder.keys(in: [0x1B]) == [.escape])
    #expect(decoder.keys(in: [0xFF, 0x00, 0x61]) == [.character("a")])
    #expect(decoder.keys(in: Array("\u{1B}[99;99Z".utf8)) == [])
  }

  @Test func `Any bytes at all are taken without a crash, and an end is found`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      var decoder = KeyDecoder()
      let bytes = (0..<Int.random(in: 0...12)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      _ = decoder.keys(in: bytes)
      #expect(decoder.keys(in: Array("zzzz".utf8)).contains(.character("z")))
    }
  }

  @Test func `A line is typed, corrected, finished or given up`() {
    var editor = LineEditor()
    for key: Key in [.character("д"), .character("а"), .backspace, .left, .character(" ")] {
      #expect(editor.press(key) == .goesOn)
    }
    #expect(editor.text == "д ")
    #expect(editor.press(.enter) == .done("д"))
    #expect(editor.press(.escape) == .givenUp)
  }

  @Test(arguments: [
    ("15:30", "2026-11-25T12:30:00Z"), ("09:00", "2026-11-26T06:00:00Z"),
    ("tomorrow 10:00", "2026-11-26T07:00:00Z"), ("завтра 10:00", "2026-11-26T07:00:00Z"),
    ("tomorrow", "2026-11-26T06:00:00Z"), ("+2d", "2026-11-27T09:00:00Z"),
    ("+3h", "2026-11-25T12:00:00Z"), ("+1w 08:15", "2026-12-02T05:15:00Z"),
    ("2026-12-31", "2026-12-31T06:00:00Z"), ("26.11 15:00", "2026-11-26T12:00:00Z"),
    ("1.2 15:00", "2027-02-01T12:00:00Z"), ("01.02.2028", "2028-02-01T06:00:00Z"),
  ])
  func `A moment is read as a seller writes it`(text: String, moment: String) {
    #expect(WhenText.moment(text, now: Self.now, calendar: Self.moscow) == moment)
  }

  @Test(arguments: [
    "", "soon", "25:00", "12:60", "31.02 10:00", "2026-13-01", "+d", "+0d", "+9999999d",
    "tomorrow late",
    "1 2 3", "::", "+2x", "99.99.9999",
  ])
  func `What is no moment is not taken for one`(text: String) {
    #expect(WhenText.moment(text, now: Self.now, calendar: Self.moscow) == nil)
  }

  /// Noon in Moscow.
  private static let now = Date(timeIntervalSince1970: 1_795_597_200)
  private static let moscow: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Europe/Moscow") ?? .gmt
    return calendar
  }()

  @Test func `What was chosen stays chosen while the board changes around it`() {
    let pipeline: JSON = [
      "stages": [["id": 1, "kind": "open"], ["id": 2, "kind": "open"], ["id": 3, "kind": "won"]]
    ]
    let board = { (first: [JSON], second: [JSON]) -> JSON in
      [
        "stages": [
          [
            "stage": 1, "name": "New", "count": .integer(Int64(first.count)),
            "cards": .array(first),
          ],
          ["stage": 2, "name": "Met", "count": 700, "cards": .array(second)],
          ["stage": 3, "name": "Won", "count": 0, "cards": []],
        ]
      ]
    }
    var work = WorkBoard()
    work.take(board([["id": 5], ["id": 4]], []), pipeline: pipeline)
    #expect(work.columns.map(\.name) == ["New", "Met"])
    work.move(rows: 1)
    #expect(work.card?["id"] == 4)
    work.take(board([["id": 6], ["id": 5], ["id": 4]], []), pipeline: pipeline)
    #expect(work.card?["id"] == 4)
    work.take(board([["id": 6]], [["id": 4, "title": "Kitchen \u{1B}[2J"]]), pipeline: pipeline)
    #expect(work.card?["id"] == 4 && work.column == 1)
    work.move(columns: 9)
    #expect(work.column == 1)
    let drawing = WorkBoardDrawing(
      board: work, people: [:], style: Style(isColoured: false), columns: 50, lines: 12,
      moments: SellerMoment(calendar: Self.moscow, now: Self.now))
    let lines = drawing.drawn()
    #expect(lines.count == 12 && lines.allSatisfy { DisplayWidth.of($0) <= 50 })
    #expect(lines.contains { $0.contains("▸ 4 Kitchen") } && !lines.joined().contains("\u{1B}"))
    #expect(lines.contains { $0.contains("… 699 more") })
    work.take(board([], []), pipeline: pipeline)
    #expect(work.card == nil)
  }

  @Test func `A client is read from one line`() {
    #expect(
      Workplace.contact("Петр Иванов 8 (916) 123-45-67") == [
        "name": "Петр Иванов", "phone": "8 (916) 123-45-67",
      ])
    #expect(Workplace.contact("+7 916 123-45-67")["phone"] == "+7 916 123-45-67")
    #expect(Workplace.contact("Анна") == ["name": "Анна"])
  }
}
