internal import JSON

/// Rules that a step broke and that only warn, for people.
enum WarningLines {
  static func of(_ result: JSON) -> [String] {
    (result["warnings"]?.array ?? []).map {
      TerminalText.line("Warning: \(CellText.plain($0["message"]))")
    }
  }
}
