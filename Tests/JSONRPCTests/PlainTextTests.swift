import JSONRPC
import Testing

@Suite struct PlainTextTests {
  @Test(arguments: [
    "\u{200B}", "\u{FEFF}", "\u{2060}", "\u{3164}", "\u{115F}", "\u{FFA0}", "\u{200E}\u{200F}",
    "\u{61C}", "\u{AD}", "\u{34F}", "\u{180E}", "\u{FE0F}", "\u{E0020}", "\u{2800}", "\u{200D}",
    " \u{A0}\u{3000}\u{200B}", "",
  ]) func `What shows as nothing is no name`(_ text: String) {
    #expect(PlainText.fault(in: text) == .invisible)
    #expect(PlainText.fault(in: text, lines: true) == .invisible)
    #expect(!PlainText.isVisible(text))
    #expect(PlainText.fault(in: text + "a" + text) == nil)
  }

  @Test(arguments: [
    "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}",
    "\u{2068}", "\u{2069}",
  ]) func `What turns the direction is for prose only`(_ mark: String) {
    #expect(PlainText.fault(in: "a\(mark)b") == .turns)
    #expect(PlainText.fault(in: "a\(mark)b", lines: true) == nil)
    #expect(PlainText.fault(in: mark, lines: true) == .invisible)
    #expect(PlainText.withoutTurns("a\(mark)b") == "ab")
  }

  @Test(arguments: ["\0", "\u{1B}", "\u{7F}", "\u{85}", "\u{9B}", "\u{2028}", "\n", "\t"])
  func `Control characters are refused, line breaks but in prose`(_ control: String) {
    #expect(PlainText.fault(in: "a\(control)b") == .controls)
    let isLine = ["\u{2028}", "\n", "\t"].contains(control)
    #expect(PlainText.fault(in: "a\(control)b", lines: true) == (isLine ? nil : .controls))
  }

  @Test(arguments: [
    "Кухня", "a", "!", "می\u{200C}خواهم", "👨\u{200D}👩\u{200D}👧", "❤\u{FE0F}", "e\u{301}", "日本",
    "עברית", "\u{600}", "a\u{200E}b",
  ]) func `What can be seen is taken`(_ text: String) {
    #expect(PlainText.fault(in: text) == nil && PlainText.isVisible(text))
  }
}
