/// A full screen that is drawn anew as a whole, beside what the terminal showed before.
struct Screen {
  let output: TextSink

  private static let escape = "\u{1B}["
  /// Leaves what was there aside, with the cursor hidden.
  static let opening = escape + "?1049h" + escape + "?25l"
  /// Brings it back.
  static let closing = escape + "?25h" + escape + "?1049l"

  func open() { output.write(Self.opening) }

  func close() { output.write(Self.closing) }

  /// Draws lines from the top, in one piece so that nothing flickers.
  func draw(_ lines: [String]) {
    let body = lines.map { $0 + Self.escape + "K" }.joined(separator: "\r\n")
    output.write(Self.escape + "H" + body + Self.escape + "J")
  }
}
