/// The words by which things are found: texts in small letters without signs, ё as е; phone numbers as
/// digits from the country's code on, in Russia and North America without it, and by their last seven; e-mail
/// addresses whole and in parts.
///
/// Pure and the same for what is kept and what is asked for. What it makes of a text is kept beside the
/// text; when it changes, everything has to be indexed anew.
public struct SearchWords: Sendable, Equatable {
  /// Of a longer text the first words are found.
  public static let most = 200
  /// Of a longer word its beginning.
  static let longest = 64

  private var known: Set<String> = []
  /// Whose phone numbers are recognised in texts without a country's code.
  private let home: HomeCountry
  /// What is looked up by lists, and by no search.
  private var keys: Set<String> = []

  /// No words yet.
  public init(home: HomeCountry = .russia) {
    self.home = home
  }

  /// Equal where they are the same words.
  public static func == (one: SearchWords, other: SearchWords) -> Bool {
    one.known == other.known && one.keys == other.keys
  }

  /// Sorted by their bytes, each once.
  public var sorted: [String] {
    known.union(keys).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Takes in a text: a title, a name, what a field holds.
  public mutating func add(_ text: String) {
    let chunks = SearchText.chunks(text)
    for chunk in chunks {
      if chunk.contains("@") { insert(SearchText.address(chunk)) }
      for word in SearchText.words(chunk) { insert(word) }
      if let joined = SearchText.joinedDigits(chunk) { insert(joined) }
    }
    for place in chunks.indices {
      if let (number, _) = SearchText.phone(chunks[place...], home: home) {
        add(number)
      }
    }
  }

  /// Takes in a phone number.
  public mutating func add(_ number: PhoneNumber) {
    let digits = number.e164.dropFirst()
    insert(String(digits))
    if digits.hasPrefix("7") || digits.hasPrefix("1") { insert(String(digits.dropFirst())) }
    insert(SearchText.ending(digits.suffix(SearchText.endingLength)))
  }

  /// Takes in an e-mail address.
  public mutating func add(_ address: EmailAddress) {
    insert(SearchText.folded(address.comparisonKey))
    for word in SearchText.words(address.comparisonKey) { insert(word) }
  }

  /// Takes in a key of ``SearchKey``, however many there are.
  public mutating func add(key: String) {
    keys.insert(key)
  }

  private mutating func insert(_ word: String) {
    guard !word.isEmpty, known.count < Self.most else { return }
    known.insert(SearchText.cut(word))
  }

  /// Whether any of them begins as one of the term's prefixes says.
  public func matches(_ term: SearchTerm) -> Bool {
    known.contains { word in
      term.prefixes.contains { word.utf8.starts(with: $0.utf8) }
    }
  }
}
