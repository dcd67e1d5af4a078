/// A company's name as it is compared: without its legal form, quotes and signs.
public enum CompanyName {
  private static let forms: Set<Substring> = [
    "ооо", "оао", "зао", "пао", "ао", "нко", "ип", "тоо", "чп", "llc", "ltd", "limited", "inc",
    "corp", "co",
    "gmbh", "ag", "sa", "plc", "oy", "ab",
  ]
  /// Of a longer name its beginning.
  private static let longest = 250

  /// `ООО «Ромашка»` and `Ромашка, ООО` are the same; a name of legal forms alone stays as it is.
  public static func comparisonKey(_ name: String) -> String {
    let folded = String(name.lowercased().map { $0 == "ё" ? "е" : $0 })
    let words = folded.split { !$0.isLetter && !$0.isNumber }
    let telling = words.filter { !forms.contains($0) }
    let key = (telling.isEmpty ? words : telling).joined(separator: " ")
    let whole = key.isEmpty ? folded : key
    return String(String.UnicodeScalarView(whole.unicodeScalars.prefix(longest)))
  }
}
