/// What somebody types to find a card: words, of which all have to be found, each by its beginning; a
/// phone number as people write it; an e-mail address; a card's number.
public struct SearchQuery: Sendable, Hashable {
  /// More are not asked for.
  public static let most = 8

  /// All of them have to be found.
  public let terms: [SearchTerm]

  /// Reads a query; nil where nothing in it can be looked for, or too much.
  public init?(_ text: String) {
    let chunks = SearchText.chunks(text)
    var terms: [SearchTerm] = []
    var place = 0
    while place < chunks.count {
      if let (number, count) = SearchText.phone(chunks[place...]) {
        terms.append(SearchTerm([String(number.e164.dropFirst())]))
        place += count
        continue
      }
      terms += Self.terms(of: chunks[place])
      place += 1
    }
    var known: Set<SearchTerm> = []
    terms = terms.filter { known.insert($0).inserted }
    guard (1...Self.most).contains(terms.count) else { return nil }
    self.terms = terms
  }

  private static func terms(of chunk: String) -> [SearchTerm] {
    if chunk.contains("@"), !SearchText.address(chunk).isEmpty {
      return [SearchTerm([SearchText.address(chunk)])]
    }
    if let joined = SearchText.joinedDigits(chunk) { return [digits(joined)] }
    return SearchText.words(chunk).map { word in
      SearchText.isNumber(word) ? digits(word) : SearchTerm([word])
    }
  }

  /// Digits are the beginning of a phone number, at home perhaps written with an 8, or a card's number.
  private static func digits(_ word: String) -> SearchTerm {
    let isDialledAtHome = word.hasPrefix("8") && (4...11).contains(word.utf8.count)
    return SearchTerm(
      [word] + (isDialledAtHome ? ["7" + word.dropFirst()] : []),
      number: word.utf8.count <= 18 ? Int64(word) : nil)
  }
}
