/// Rows as RFC 4180 text, ended by CRLF.
///
/// Spreadsheets run a cell that begins with `=`, `+`, `-` or `@` as a formula, also when it came from a
/// stranger's site form. Unless the writer is told to be exact, such cells (plain numbers and
/// telephone numbers apart) get an apostrophe in front, as OWASP advises.
struct CSVWriter: Sendable {
  let guardsFormulas: Bool

  func text(_ rows: [[String]]) -> String {
    rows.map(line).joined()
  }

  func line(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\r\n"
  }

  private func cell(_ text: String) -> String {
    let safe = guardsFormulas && Self.isFormula(text) ? "'" + text : text
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

  private static func isFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    switch first {
    case "=", "@", "\t", "\r": return true
    case "+", "-": return !text.unicodeScalars.dropFirst().allSatisfy(isOfNumberOrPhone)
    default: return false
    }
  }

  private static func isOfNumberOrPhone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", ".", "-", "(", ")", " ", "\u{A0}": true
    default: false
    }
  }
}
