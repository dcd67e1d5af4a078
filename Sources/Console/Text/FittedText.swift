/// Text brought to an exact number of columns.
enum FittedText {
  enum Alignment: Sendable {
    case left
    case right
  }

  /// The text cut to a width, with an ellipsis where something was cut.
  static func cut(_ text: String, to width: Int) -> String {
    guard DisplayWidth.of(text) > width else { return text }
    guard width > 0 else { return "" }
    var result = ""
    var used = 0
    for character in text {
      let next = DisplayWidth.of(character)
      if used + next > width - 1 { break }
      result.append(character)
      used += next
    }
    return result + "…"
  }

  /// The text filled up with spaces to a width; longer text stays as it is.
  static func pad(_ text: String, to width: Int, _ alignment: Alignment = .left) -> String {
    let spaces = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
    return alignment == .left ? text + spaces : spaces + text
  }

  /// Cut or filled up, whichever brings it to the width.
  static func fit(_ text: String, to width: Int, _ alignment: Alignment = .left) -> String {
    pad(cut(text, to: width), to: width, alignment)
  }

  /// The end of a text, as much as a width holds, with an ellipsis where something was cut before it.
  static func keepingEnd(of text: String, to width: Int) -> String {
    guard DisplayWidth.of(text) > width else { return text }
    var kept: [Character] = []
    var used = 1
    for character in text.reversed() {
      used += DisplayWidth.of(character)
      if used > width { break }
      kept.append(character)
    }
    return "…" + String(kept.reversed())
  }
}
