import SalesRules
import Testing

@Suite("Words to find things by")
struct SearchTests {
  private func words(_ text: String) -> Set<String> {
    var words = SearchWords()
    words.add(text)
    return Set(words.sorted)
  }

  private func finds(
    _ query: String, in words: SearchWords, home: HomeCountry = .russia
  ) -> Bool {
    SearchQuery(query, home: home)?.isMet(by: words) ?? false
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
    words.add(try #require(PhoneNumber("8-916-123-45-67", home: .russia)))
    words.add("tel")
    #expect(finds(query, in: words))
    var other = SearchWords()
    other.add(try #require(PhoneNumber("8-916-999-45-67", home: .russia)))
    other.add("tel")
    #expect(!finds(query, in: other) || ["+7916", "79161"].contains(query) == true)
    // Written in a title it is found as well.
    var title = SearchWords()
    title.add("Перезвонить 8 916 123 45 67 tel")
    #expect(finds(query, in: title))
  }

  @Test(
    "A part of a phone number is found however it is written, from the code, the area or the last seven on",
    arguments: [
      "8 937", "8 (937) 123", "+7 937 123", "937 123 45", "1234596", "123-45-96", "123 45 96",
      "tel: +7 937 123", "tel:+79371234596", "TEL: 8 937 1", "7 937 123 4", "810 7 937",
      "00 7 937 123",
      "8-937-123", "(937) 123", "89371",
    ])
  func parts(_ query: String) throws {
    var words = SearchWords()
    words.add(try #require(PhoneNumber("+7 937 123-45-96", home: .russia)))
    #expect(finds(query, in: words))
    var other = SearchWords()
    other.add(try #require(PhoneNumber("+7 912 765-43-21", home: .russia)))
    #expect(!finds(query, in: other))
  }

  @Test(
    "In North America numbers are found as its people write them",
    arguments: [
      "2125550142", "(212) 555-0142", "1 212 555 0142", "011 1 212 555 0142", "+1 212 555",
      "212 555",
      "1 212", "(212) 555", "5550142", "555-0142", "212-555-0142", "tel:+12125550142",
      "011 1 212 55",
    ])
  func american(_ query: String) throws {
    var words = SearchWords(home: .northAmerica)
    words.add(try #require(PhoneNumber("(212) 555-0142", home: .northAmerica)))
    #expect(finds(query, in: words, home: .northAmerica))
    var title = SearchWords(home: .northAmerica)
    title.add("Call (212) 555-0142 back")
    #expect(finds(query, in: title, home: .northAmerica))
    var other = SearchWords(home: .northAmerica)
    other.add(try #require(PhoneNumber("(917) 765-0142", home: .northAmerica)))
    #expect(!finds(query, in: other, home: .northAmerica))
  }

  @Test("Figures are found as the words they are, beside the number that they may be")
  func figuresAndNumbers() throws {
    var title = SearchWords()
    title.add("План 2024 15")
    #expect(finds("2024 15", in: title) && finds("15 2024", in: title))
    var number = SearchWords()
    number.add(try #require(PhoneNumber("+20 241 500 0000", home: .russia)))
    #expect(finds("2024 15", in: number) && !finds("15 2024", in: number))
    #expect(SearchQuery("1042", home: .russia)?.terms.first?.number == 1042)
    // The last digits count whole alone.
    #expect(!finds("0000", in: number) && !finds("150000", in: number))
    #expect(finds("1500000", in: number) == false && finds("5000000", in: number))
    #expect(SearchQuery("8 9 1 6 7 2 3 4 5 0", home: .none)?.terms.count == 1)
  }

  @Test("Figures side by side are no phone number, and stay to be found one by one")
  func figures() {
    #expect(SearchQuery("1042 500", home: .russia)?.terms.map(\.number) == [1042, 500])
    #expect(SearchQuery("1042 8 916 123 45 67", home: .russia)?.terms.count == 2)
    #expect(words("2 000 1 500 700").isSuperset(of: ["2", "000", "1", "500", "700"]))
    #expect(SearchQuery("#1042", home: .russia)?.terms.first?.number == 1042)
    #expect(
      SearchQuery(String(repeating: "9", count: 30), home: .russia)?.terms.first?.number == nil)
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
    #expect(
      SearchQuery("", home: .russia) == nil && SearchQuery(" ?! ", home: .russia) == nil
        && SearchQuery("@", home: .russia) == nil)
    #expect(SearchQuery("a b c d e f g h", home: .russia)?.terms.count == 8)
    #expect(SearchQuery("a b c d e f g h i", home: .russia) == nil)
    #expect(SearchQuery("а а А", home: .russia)?.terms.count == 1)
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
        guard let query = SearchQuery(String(chunk), home: .russia) else { continue }
        #expect(query.isMet(by: words), "\(text.debugDescription) by \(chunk)")
      }
      if let query = SearchQuery(text, home: .russia) {
        #expect(query.isMet(by: words), "\(text.debugDescription)")
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
