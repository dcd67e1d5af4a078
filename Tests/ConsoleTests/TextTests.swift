import Testing

@testable import Console

@Suite struct TextTests {
  @Test(arguments: [
    ("Deal", 4), ("Сделка", 6), ("漢字", 4), ("e\u{301}", 1), ("й", 1), ("👍🏽", 2), ("👨‍👩‍👧", 2),
    ("🇷🇺", 2), ("ｗｉｄｅ", 8), ("한글", 4), ("❤️", 2), ("a\u{200B}b", 2), ("№", 1), ("", 0),
  ])
  func `Width is counted in terminal columns`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test func `Columns line up whatever the script`() {
    var table = TextTable([.init("NAME"), .init("N", .right)])
    for row in [["Кухня", "1"], ["漢字漢字", "20"], ["e\u{301}t\u{E9}", "300"]] { table.append(row) }
    let lines = table.lines(width: nil, style: Style(isColoured: false))
    #expect(Set(lines.map { DisplayWidth.of($0) }) == [13])
  }

  @Test func `A table fits the terminal, cutting the widest column first`() {
    var table = TextTable([.init("ID"), .init("TITLE"), .init("WHO")])
    table.append(["1", String(repeating: "длинно", count: 30), "Анна"])
    let lines = table.lines(width: 40, style: Style(isColoured: false))
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 40 })
    #expect(lines[1].contains("…") && lines[1].hasSuffix("Анна"))
  }

  @Test func `A wide character is never cut in half`() {
    #expect(FittedText.cut("漢字漢字", to: 4) == "漢…")
    #expect(FittedText.fit("漢字漢字", to: 4) == "漢… ")
  }

  @Test func `Terminal escapes, line breaks and direction marks in data are shown, not obeyed`() {
    let attack = "\u{1B}]0;owned\u{7}\u{1B}[2J\r\nx\u{9B}31m\u{202E}gpj\u{2028}y\u{7F}"
    let shown = TerminalText.line(attack)
    let dangerous = shown.unicodeScalars.filter {
      $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || (0x202A...0x202E).contains($0.value)
        || $0.value == 0x2028
    }
    #expect(dangerous.isEmpty)
    #expect(shown.hasPrefix("␛]0;owned␇␛[2J␍␊x<U+9B>31m<U+202E>gpj<U+2028>y␡"))
    #expect(TerminalText.block("a\nb\u{1B}") == "a\nb␛")
    #expect(TerminalText.line("обычный текст 漢字") == "обычный текст 漢字")
  }

  @Test func `JSON on a terminal keeps its value and loses its teeth`() {
    #expect(TerminalText.json("{\"a\":\"x\u{9B}\u{202E}\"}") == #"{"a":"x\u009b\u202e"}"#)
  }

  @Test func `Sums are grouped and keep their cents`() {
    #expect(Amount.grouped("10005534.00") == "10\u{A0}005\u{A0}534")
    #expect(Amount.grouped("-1234.50") == "-1\u{A0}234.50")
    #expect(Amount.grouped("12") == "12")
    #expect(Amount.grouped("n/a") == "n/a")
  }

  @Test(arguments: [
    (0.0, "0s"), (59.0, "59s"), (3660.0, "1h 1m"), (1_036_800.0, "12d"), (90000.0, "1d 1h"),
  ])
  func `Spans name their two largest units`(seconds: Double, text: String) {
    #expect(Span.short(seconds: seconds) == text)
  }

  @Test func `A bar has its share of the width, and never none where there is something`() {
    #expect(Bar.drawn(share: 0.5, width: 10) == "█████")
    #expect(Bar.drawn(share: 0.0001, width: 10) == "▏")
    #expect(Bar.drawn(share: 0, width: 10) == "")
    #expect(Bar.drawn(share: 7, width: 4) == "████")
  }

  @Test func `Moments lose their seconds but not their zone`() {
    #expect(CellText.moment("2016-10-20T09:05:33.123+03:00") == "2016-10-20 09:05+03:00")
    #expect(CellText.moment("2016-10-20T09:05:33Z") == "2016-10-20 09:05Z")
    #expect(CellText.moment("2016-10-20, or later then") == nil)
  }

  @Test func `Colour comes only on a terminal and not with NO_COLOR`() {
    let auto = ColourPolicy.auto
    #expect(auto.allows(isTerminal: true, environment: [:]))
    #expect(!auto.allows(isTerminal: false, environment: [:]))
    #expect(!auto.allows(isTerminal: true, environment: ["NO_COLOR": "1"]))
    #expect(auto.allows(isTerminal: true, environment: ["NO_COLOR": ""]))
    #expect(!auto.allows(isTerminal: true, environment: ["TERM": "dumb"]))
    #expect(ColourPolicy.always.allows(isTerminal: false, environment: ["NO_COLOR": "1"]))
    #expect(!ColourPolicy.never.allows(isTerminal: true, environment: [:]))
  }
}
