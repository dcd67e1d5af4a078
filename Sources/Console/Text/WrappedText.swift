/// Prose broken between words.
enum WrappedText {
  static func lines(_ text: String, width: Int, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    let room = max(20, width - indent)
    return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
      var lines: [String] = []
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, DisplayWidth.of(line) + 1 + DisplayWidth.of(String(word)) > room {
          lines.append(margin + line)
          line = ""
        }
        line += line.isEmpty ? String(word) : " " + word
      }
      return lines + [line.isEmpty ? "" : margin + line]
    }
  }
}
