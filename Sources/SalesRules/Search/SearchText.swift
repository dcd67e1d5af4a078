/// How texts are taken apart for ``SearchWords`` and ``SearchQuery``.
enum SearchText {
  /// In small letters, ё as е, without the marks that stand apart from their letters.
  static func folded(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      switch scalar {
      case "ё": result.append("е")
      // й written as и with a breve.
      case "\u{306}" where result.last == "и":
        result.removeLast()
        result.append("й")
      case "\u{300}"..."\u{36F}": continue
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// What stands between spaces, folded.
  static func chunks(_ text: String) -> [String] {
    folded(text).split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// The runs of letters and digits.
  static func words(_ chunk: String) -> [String] {
    folded(chunk).unicodeScalars.split { !isOfWord($0) }.map { String($0) }
  }

  /// A chunk with an @, without the signs around it.
  static func address(_ chunk: String) -> String {
    var rest = chunk.unicodeScalars[...]
    while let first = rest.first, !isOfWord(first) { rest.removeFirst() }
    while let last = rest.last, !isOfWord(last) { rest.removeLast() }
    return String(rest)
  }

  /// The digits of a chunk such as `123-45-67` or `2026-01-02`; nil where it has others or too few signs.
  static func joinedDigits(_ chunk: String) -> String? {
    guard chunk.unicodeScalars.contains(where: { !isDigit($0) }),
      chunk.unicodeScalars.allSatisfy({ isDigit($0) || "+-()./".unicodeScalars.contains($0) })
    else { return nil }
    let digits = String(chunk.unicodeScalars.filter(isDigit))
    return digits.utf8.count >= 5 ? digits : nil
  }

  /// The phone number with which a row of chunks begins, and of how many it is made: the longest. Without
  /// a plus it has as many digits as numbers have at home, so that two figures side by side are none.
  static func phone(_ chunks: ArraySlice<String>) -> (number: PhoneNumber, count: Int)? {
    guard let first = chunks.first, looksDialled(first) else { return nil }
    let row = chunks.prefix(6).prefix(while: looksDialled)
    for count in stride(from: row.count, through: 1, by: -1) {
      let text = row.prefix(count).joined(separator: " ")
      let digits = String(text.unicodeScalars.filter(isDigit))
      let isWhole =
        first.contains("+") || digits.utf8.count == 10
        || digits.utf8.count == 11 && (digits.hasPrefix("7") || digits.hasPrefix("8"))
        || digits.utf8.count > 11 && (digits.hasPrefix("00") || digits.hasPrefix("810"))
      if isWhole, digits.utf8.count >= 10, let number = PhoneNumber(text) {
        return (number, count)
      }
    }
    return nil
  }

  static func cut(_ word: String) -> String {
    String(String.UnicodeScalarView(word.unicodeScalars.prefix(SearchWords.longest)))
  }

  static func isNumber(_ word: String) -> Bool {
    !word.isEmpty && word.unicodeScalars.allSatisfy(isDigit)
  }

  private static func looksDialled(_ chunk: String) -> Bool {
    chunk.unicodeScalars.contains(where: isDigit)
      && chunk.unicodeScalars.allSatisfy {
        isDigit($0) || "+-()./~–—−‑".unicodeScalars.contains($0)
      }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
