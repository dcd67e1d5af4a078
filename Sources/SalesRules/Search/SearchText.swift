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
  static func phone(
    _ chunks: ArraySlice<String>, home: HomeCountry
  ) -> (number: PhoneNumber, count: Int)? {
    guard let first = chunks.first, looksDialled(first) else { return nil }
    let row = chunks.prefix(6).prefix(while: looksDialled)
    for count in stride(from: row.count, through: 1, by: -1) {
      let text = row.prefix(count).joined(separator: " ")
      let digits = String(text.unicodeScalars.filter(isDigit))
      let isWhole = first.contains("+") || home.dialsWhole(digits)
      if isWhole, digits.utf8.count >= 10, let number = PhoneNumber(text, home: home) {
        return (number, count)
      }
    }
    return nil
  }

  /// How many of a number's last digits people give for the whole.
  static let endingLength = 7

  /// The word of a number's last digits: marked, so that figures are not taken for the ends of numbers.
  static func ending(_ digits: some StringProtocol) -> String { "~" + digits }

  /// The digits of a text that is nothing but a number as people write it, whole or in part, `tel:` in front
  /// or not; nil where something else is in it.
  static func dialled(_ text: String) -> (digits: String, isInternational: Bool)? {
    let chunks = chunks(text)
    guard !chunks.isEmpty, chunks.allSatisfy(looksWritten) else { return nil }
    let digits = String(chunks.joined().unicodeScalars.filter(isDigit))
    return digits.isEmpty ? nil : (digits, chunks[0].contains("+"))
  }

  /// The text without a `tel:` in front of a number.
  static func withoutScheme(_ text: String) -> String {
    let folded = folded(text).drop(while: \.isWhitespace)
    guard folded.hasPrefix("tel:"), dialled(String(folded.dropFirst(4))) != nil else { return text }
    return String(folded.dropFirst(4))
  }

  static func cut(_ word: String) -> String {
    String(String.UnicodeScalarView(word.unicodeScalars.prefix(SearchWords.longest)))
  }

  static func isNumber(_ word: String) -> Bool {
    !word.isEmpty && word.unicodeScalars.allSatisfy(isDigit)
  }

  private static func looksDialled(_ chunk: String) -> Bool {
    chunk.unicodeScalars.contains(where: isDigit) && looksWritten(chunk)
  }

  private static func looksWritten(_ chunk: String) -> Bool {
    chunk.unicodeScalars.allSatisfy {
      isDigit($0) || "+-()./~–—−‑".unicodeScalars.contains($0)
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
