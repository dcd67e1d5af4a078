/// Keeps cells from being run as formulas, and takes that back.
///
/// Spreadsheets run a cell that begins with `=`, `+`, `-` or `@` as a formula, also when it came from a
/// stranger's site form. Such a cell gets an apostrophe in front, as OWASP advises; plain numbers and
/// telephone numbers do not. So does one that begins with an apostrophe which reading would take away:
/// what was guarded reads back exactly as it was.
enum FormulaGuard {
  /// The cell as it may be given to a spreadsheet.
  static func guarded(_ text: String) -> String {
    needsGuard(text.unicodeScalars[...]) ? "'" + text : text
  }

  /// The cell as it was before it was guarded; any other one as it is.
  static func unguarded(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.first == "'", needsGuard(scalars.dropFirst()) else { return text }
    return String(String.UnicodeScalarView(scalars.dropFirst()))
  }

  private static func needsGuard(_ text: Substring.UnicodeScalarView) -> Bool {
    let rest = text.drop { $0 == "'" }
    guard let first = rest.first else { return false }
    switch first {
    case "=", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
    case "+", "-": return !rest.dropFirst().allSatisfy(isOfNumberOrPhone)
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
