/// What somebody types to find a card: words, of which all have to be found, each by its beginning; a
/// phone number as people write it, or its beginning; an e-mail address; a card's number.
public struct SearchQuery: Sendable, Hashable {
  /// More are not asked for.
  public static let most = 8
  /// Fewer digits in several parts are figures alone.
  private static let leastDigits = 4

  /// All of them have to be found.
  public let terms: [SearchTerm]
  /// Or this one: all digits of the query as one number, where it consists of such in several parts.
  public let number: SearchTerm?

  /// Reads a query; nil where nothing in it can be looked for, or too much.
  public init?(_ text: String, home: HomeCountry) {
    let text = SearchText.withoutScheme(text)
    let chunks = SearchText.chunks(text)
    var terms: [SearchTerm] = []
    var place = 0
    while place < chunks.count {
      if let (number, count) = SearchText.phone(chunks[place...], home: home) {
        terms.append(SearchTerm([String(number.e164.dropFirst())]))
        place += count
        continue
      }
      terms += Self.terms(of: chunks[place], home)
      place += 1
    }
    var known: Set<SearchTerm> = []
    terms = terms.filter { known.insert($0).inserted }
    var number = Self.number(text, home)
    if let whole = number, terms.count == 1 {
      terms = [terms[0].or(whole)]
      number = nil
    } else if let whole = number, terms.count > Self.most {
      terms = [whole]
      number = nil
    }
    guard (1...Self.most).contains(terms.count) else { return nil }
    self.terms = terms
    self.number = number
  }

  /// Whether a thing with these words is found.
  public func isMet(by words: SearchWords) -> Bool {
    terms.allSatisfy(words.matches) || number.map(words.matches) ?? false
  }

  /// Whether one of these words is a part of why a thing is found.
  public func asksFor(_ words: SearchWords) -> Bool {
    terms.contains(where: words.matches) || number.map(words.matches) ?? false
  }

  private static func terms(of chunk: String, _ home: HomeCountry) -> [SearchTerm] {
    if chunk.contains("@"), !SearchText.address(chunk).isEmpty {
      return [SearchTerm([SearchText.address(chunk)])]
    }
    if let joined = SearchText.joinedDigits(chunk) { return [digits(joined, home)] }
    return SearchText.words(chunk).map { word in
      SearchText.isNumber(word) ? digits(word, home) : SearchTerm([word])
    }
  }

  /// Digits are the beginning of a phone number, at home perhaps written with an 8, or a card's number.
  private static func digits(_ word: String, _ home: HomeCountry) -> SearchTerm {
    let isDialled = (leastDigits...15).contains(word.utf8.count)
    return SearchTerm(
      isDialled ? home.beginnings(word, isInternational: false) : [word],
      number: word.utf8.count <= 18 ? Int64(word) : nil)
  }

  /// The whole text as the beginning of a number, or as its last digits.
  private static func number(_ text: String, _ home: HomeCountry) -> SearchTerm? {
    guard let (digits, isInternational) = SearchText.dialled(text),
      (leastDigits...18).contains(digits.utf8.count)
    else { return nil }
    let isEnding = digits.utf8.count == SearchText.endingLength && !isInternational
    return SearchTerm(
      home.beginnings(digits, isInternational: isInternational)
        + (isEnding ? [SearchText.ending(digits)] : []))
  }
}
