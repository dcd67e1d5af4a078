/// The one rule for what people call things by: names, titles, sources, reasons.
///
/// Such a text is seen in tables, boards and logs, so it has to be seen, and must not disturb what stands
/// beside it. Joiners stay: Persian words and families of emoji are written with them.
public enum PlainText {
  /// What is wrong with a text.
  public enum Fault: Sendable, Hashable {
    /// It has nothing that can be seen.
    case invisible
    /// It has control characters, or Unicode's own line breaks.
    case controls
    /// It has marks that turn the direction of the text behind them.
    case turns

    /// What to tell its author: "the name …".
    public var problem: String {
      switch self {
      case .invisible: "must not be empty or blank: it needs a character that can be seen"
      case .controls: "must not contain control characters"
      case .turns: "must not contain marks that turn the direction of writing (U+202A, U+2066, …)"
      }
    }
  }

  /// What is wrong with a text; nil if nothing is.
  ///
  /// - Parameter lines: whether it may have several lines, with tabs. Prose keeps its direction marks:
  ///   they come with what is pasted from messengers, and nothing stands beside it.
  public static func fault(in text: String, lines: Bool = false) -> Fault? {
    var isVisible = false
    for scalar in text.unicodeScalars {
      if isLetter(scalar.value) {
        isVisible = true
      } else if isControl(scalar) {
        guard lines, isLineBreakOrTab(scalar) else { return .controls }
      } else if turnsDirection(scalar) {
        guard lines else { return .turns }
      } else if !isVisible {
        isVisible = !isInvisible(scalar)
      }
    }
    return isVisible ? nil : .invisible
  }

  /// Whether there is anything to be seen in it.
  public static func isVisible(_ text: String) -> Bool {
    text.unicodeScalars.contains { !isInvisible($0) && !isControl($0) }
  }

  /// The same text without the marks that turn the direction of writing: telephones put them around the
  /// numbers that are copied from them.
  public static func withoutTurns(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: turnsDirection) else { return text }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text.unicodeScalars.lazy.filter { !turnsDirection($0) })
    return String(scalars)
  }

  /// The most frequent ones, told without looking at Unicode's tables: ASCII and Cyrillic.
  private static func isLetter(_ value: UInt32) -> Bool {
    (0x21...0x7E).contains(value) || (0x0400...0x052F).contains(value)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private static func isLineBreakOrTab(_ scalar: Unicode.Scalar) -> Bool {
    ["\n", "\r", "\t", "\u{2028}", "\u{2029}"].contains(scalar)
  }

  private static func turnsDirection(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
  }

  /// White space, what Unicode says to show as nothing, and the blank pattern of Braille.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
      || scalar.value == 0x2800
  }
}
