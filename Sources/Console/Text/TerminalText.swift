/// Makes text from elsewhere harmless on a terminal.
///
/// A title such as `ESC ] 0 ; …` would otherwise rename the window, move the cursor over other lines
/// or reorder what is read. Such characters are shown, not sent.
enum TerminalText {
  /// One line of text: control characters become visible pictures, line breaks included.
  static func line(_ text: String) -> String {
    clean(text, keepsLineBreaks: false)
  }

  /// Text of several lines: LF stays, the rest as in ``line(_:)``.
  static func block(_ text: String) -> String {
    clean(text, keepsLineBreaks: true)
  }

  /// JSON text with the same characters as `\u` escapes: the same value, harmless to look at.
  static func json(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isDangerous) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      guard isDangerous(scalar), scalar != "\n" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    return result
  }

  private static func clean(_ text: String, keepsLineBreaks: Bool) -> String {
    guard text.unicodeScalars.contains(where: isDangerous) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isDangerous(scalar), !(keepsLineBreaks && scalar == "\n") {
        result += picture(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// C0, DEL and C1 controls, line separators, and what changes the direction of reading.
  private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C: true
    default: false
    }
  }

  private static func picture(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x09: " "
    case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value).map { String($0) } ?? "?"
    case 0x7F: "\u{2421}"
    default: "<U+" + String(scalar.value, radix: 16, uppercase: true) + ">"
    }
  }
}
