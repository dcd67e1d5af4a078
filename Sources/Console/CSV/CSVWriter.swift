/// Rows as RFC 4180 text, ended by CRLF. Unless the writer is told to be exact, cells that spreadsheets
/// would run are guarded: see ``FormulaGuard``.
struct CSVWriter: Sendable {
  let guardsFormulas: Bool

  func text(_ rows: [[String]]) -> String {
    rows.map(line).joined()
  }

  func line(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\r\n"
  }

  private func cell(_ text: String) -> String {
    let safe = guardsFormulas ? FormulaGuard.guarded(text) : text
    guard safe.utf8.contains(where: Self.needsQuotes) else { return safe }
    // By scalars: a quote followed by a combining mark is one Character with it.
    var quoted = "\""
    for scalar in safe.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D
  }
}
