import JSON
import Testing

@testable import Console

@Suite struct SearchTests {
  private static func server(emptyPages: Int) -> FakeServer {
    FakeServer { method, params in
      guard method == "card.search" else { return ["items": [], "next": .null] }
      let page = params["after"]?.string.flatMap(Int.init) ?? 0
      guard page >= emptyPages else { return ["items": [], "next": .string("\(page + 1)")] }
      return [
        "items": [
          [
            "card": ["id": 7, "kind": "deal", "title": "Кухня", "pipeline": 2, "stage": 3],
            "contact": ["id": 1, "name": "Пётр", "phone": "+7 916 123-45-67"], "company": .null,
            "matched": ["title", "phone"],
          ]
        ], "next": .null,
      ]
    }
  }

  @Test func `Words go to the server as they stand, and what was found is told with why`()
    async throws
  {
    let server = Self.server(emptyPages: 0)
    let console = TestConsole()
    var filter = SearchCommand.Filter()
    filter.outcome = "open"
    try await SearchCommand(words: ["кухня", "8 (916) 123-45-67"], filter: filter).run(
      in: console.context(server: server.address))
    let call = try #require(server.calls.first { $0.method == "card.search" })
    #expect(call.params["query"] == "кухня 8 (916) 123-45-67" && call.params["outcome"] == "open")
    for text in ["7", "Кухня", "Пётр", "+7 916 123-45-67", "title, phone"] {
      #expect(console.output.contains(text), "\(text)")
    }
  }

  @Test func `Empty pages that go on are gone on with`() async throws {
    let server = Self.server(emptyPages: 3)
    let console = TestConsole()
    try await SearchCommand(words: ["x"], filter: .init()).run(
      in: console.context(server: server.address))
    #expect(server.calls.filter { $0.method == "card.search" }.count == 4)
    #expect(console.output.contains("Кухня"))
  }
}
