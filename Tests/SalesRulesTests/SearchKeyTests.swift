internal import SalesRules
internal import Testing

@Suite("The keys by which lists are filtered")
struct SearchKeyTests {
  @Test(
    "Ordered keys stand in the order of bytes as their values do, from the smallest to the greatest"
  )
  func order() {
    let values: [Double] = [
      -.infinity, -1e300, -12_345.75, -1, -0.5, -1e-300, 0, 1e-300, 0.5, 1, 2, 10, 12_345.75, 1e300,
      .infinity,
    ]
    let keys = values.map { SearchKey.ordered($0, ofField: 7) }
    for (smaller, greater) in zip(keys, keys.dropFirst()) {
      #expect(smaller.utf8.lexicographicallyPrecedes(greater.utf8))
    }
    #expect(SearchKey.ordered(-0.0, ofField: 7) == SearchKey.ordered(0, ofField: 7))
    let beginning = SearchKey.beginning(ofField: 7)
    for key in keys {
      #expect(beginning.utf8.lexicographicallyPrecedes(key.utf8))
      #expect(key.utf8.lexicographicallyPrecedes(SearchKey.end(ofAllFrom: beginning).utf8))
      #expect(key.utf8.lexicographicallyPrecedes(SearchKey.end(of: key).utf8))
    }
  }

  @Test("No two fields share a key, and values that differ as written have different ones")
  func exact() {
    let texts = ["", "a", "b", "ab", "\u{E9}", "e\u{301}", "дуб", "дуб белый"]
    var keys: Set<String> = []
    for field in [1, 12, 2] as [Int64] {
      for text in texts { keys.insert(SearchKey.exact(text, ofField: field)) }
    }
    #expect(keys.count == 24)
    #expect(keys.allSatisfy { !$0.contains(" ") && $0.utf8.count <= 20 })
    // What is kept in a database stays what it is.
    #expect(SearchKey.exact("дуб", ofField: 1) == "\u{1}1=beeb794ccac1789e")
  }

  @Test("The key of a name's beginning begins the name's key, whatever the letters' size")
  func names() {
    for (name, beginning) in [
      ("ООО «Ромашка»", "ооо «РОМ"), ("Анна  Ли", "анна  л"), ("İstanbul", "is"),
      ("İstanbul", "İS"),
      (String(repeating: "я", count: 100), String(repeating: "Я", count: 80)),
    ] {
      #expect(
        SearchKey.name(name).utf8.starts(with: SearchKey.name(beginning).utf8), "\(beginning)")
    }
    #expect(!SearchKey.name("Анна").utf8.starts(with: SearchKey.name("нна").utf8))
    #expect(!SearchKey.name("Анна Ли").contains(" "))
  }

  @Test("No search comes upon a key")
  func unsearched() {
    var words = SearchWords()
    words.add("кухня")
    words.add(key: SearchKey.exact("x", ofField: 1))
    words.add(key: SearchKey.name("Anna"))
    #expect(words.sorted.count == 3)
    for text in ["\u{1}", "\u{1}anna", "1", "1=", "=", "anna"] {
      let terms = SearchQuery(text, home: .russia)?.terms ?? []
      #expect(!terms.contains(where: words.matches), "\(text)")
    }
  }
}
