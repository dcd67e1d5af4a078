/// CSV as it may be looked at: without what a terminal would obey.
enum CSVOnTerminal {
  static func shown(_ text: String) -> String {
    text.split(separator: "\r\n", omittingEmptySubsequences: false)
      .map { TerminalText.block(String($0)) }
      .joined(separator: "\r\n")
  }
}
