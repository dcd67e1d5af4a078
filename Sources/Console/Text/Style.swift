/// How text is set off on a terminal; without colour it stays as it is.
struct Style: Sendable {
  /// The few marks that the console uses, as ANSI attributes.
  enum Mark: String, Sendable {
    case bold = "1"
    case inverse = "7"
    case faint = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }

  let isColoured: Bool

  func callAsFunction(_ mark: Mark, _ text: String) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(mark.rawValue)m\(text)\u{1B}[0m" : text
  }
}
