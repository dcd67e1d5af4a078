import SalesRules
import Testing

@Suite("Words to find things by")
struct SearchTests {
  private func words(_ text: String) -> Set<String> {
    var words = SearchWords()
    words.add(text)
    return Set(words.sorted)
  }

  private func finds(_ query: String, in words: SearchWords) -> Bool {
    SearchQuery(query)?.terms.allSatisfy(words.matches) ?? false
  }

  @Test("Small and capital letters, ё and е, й in one sign or two are the same; signs part words")
  func texts() {
    #expect(words("Кухня «Ёлочка», 3-я линия!") == ["кухня", "елочка", "3", "я", "линия"])
    #expect(words("Заи\u{306}цев") == words("Зайцев"))
    #expect(words("Zoe\u{301} ЗАО\u{A0}Рога") == ["zoe", "зао", "рога"])
    #expect(words("") == [] && words(" -- , ") == [])
    #expect(words("2026-01-02") == ["2026", "01", "02", "20260102"])
  }

  @Test(
    "A phone number is found in every spelling, whole or by its beginning",
    arguments: [
      "8 (916) 123-45-67", "+7 916 123 45 67", "89161234567", "9161234567", "7 916 1234567",
      "+7(916)123-45-67", "tel +79161234567", "007 916 123-45-67", "810 7 916 1234567", "8916123",
      "916-123", "+7916", "79161",
    ])
  func phones(_ query: String) throws {
    var words = SearchWords()
    words.add(try #require(PhoneNumber("8-916-123-45-67")))
    words.add("tel")
    #expect(finds(query, in: words))
    var other = SearchWords()
    other.add(try #require(PhoneNumber("8-916-999-45-67")))
    other.add("tel")
    #expect(!finds(query, in: other) || ["+7916", "79161"].contains(query) == true)
    // Written in a title it is found as well.
    var title = SearchWords()
    title.add("Перезвонить 8 916 123 45 67 tel")
    #expect(finds(query, in: title))
  }

  @Test("Figures side by side are no phone number, and stay to be found one by one")
  func figures() {
    #expect(SearchQuery("1042 500")?.terms.map(\.number) == [1042, 500])
    #expect(SearchQuery("1042 8 916 123 45 67")?.terms.count == 2)
    #expect(words("2 000 1 500 700").isSuperset(of: ["2", "000", "1", "500", "700"]))
    #expect(SearchQuery("#1042")?.terms.first?.number == 1042)
    #expect(SearchQuery(String(repeating: "9", count: 30))?.terms.first?.number == nil)
  }

  @Test("An e-mail address is found whole, by its beginning, and by its parts")
  func emails() throws {
    var words = SearchWords()
    words.add(try #require(EmailAddress("Petr.Ivanov@Client.example")))
    for query in [
      "petr.ivanov@client.example", "PETR.IVANOV@cl", "ivanov", "client",
      "<petr.ivanov@client.example>",
    ] {
      #expect(finds(query, in: words), "\(query)")
    }
    for query in ["petr@client.example", "anna@client.example", "etr"] {
      #expect(!finds(query, in: words), "\(query)")
    }
  }

  @Test("All words have to be found, each by its beginning")
  func several() {
    var words = SearchWords()
    words.add("Кухня на заказ Петрову")
    #expect(finds("заказ петр кух", in: words))
    #expect(!finds("заказ иван", in: words) && !finds("ухня", in: words))
    #expect(SearchQuery("") == nil && SearchQuery(" ?! ") == nil && SearchQuery("@") == nil)
    #expect(SearchQuery("a b c d e f g h")?.terms.count == 8)
    #expect(SearchQuery("a b c d e f g h i") == nil)
    #expect(SearchQuery("а а А")?.terms.count == 1)
  }

  @Test("Every word of any text finds it, whatever the text")
  func properties() {
    var random = SeededGenerator(seed: 5)
    let parts = [
      "Ёж", "и\u{306}", "8", "916", "123-45-67", "+7", "(495)", "a@b.example", " ", "  ", "-", "№",
      "\u{1F600}", "ß", "İ", "٣", "x", ".", "@", "\t", "００",
    ]
    for _ in 0..<3000 {
      let count = Int.random(in: 1...8, using: &random)
      let text = (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      var words = SearchWords()
      words.add(text)
      for word in words.sorted {
        #expect(!word.isEmpty && !word.contains(where: \.isWhitespace))
      }
      for chunk in text.split(whereSeparator: \.isWhitespace) {
        guard let query = SearchQuery(String(chunk)) else { continue }
        #expect(query.terms.allSatisfy(words.matches), "\(text.debugDescription) by \(chunk)")
      }
      if let query = SearchQuery(text) {
        #expect(query.terms.allSatisfy(words.matches), "\(text.debugDescription)")
      }
    }
  }

  @Test("Long texts give a bounded number of words of a bounded length")
  func bounds() {
    let text = (0..<1000).map { "w\($0)" }.joined(separator: " ")
    #expect(words(text).count == SearchWords.most)
    #expect(words(String(repeating: "я", count: 500)) == [String(repeating: "я", count: 64)])
    var words = SearchWords()
    words.add(String(repeating: "я", count: 500))
    #expect(finds(String(repeating: "я", count: 300), in: words))
  }
}
