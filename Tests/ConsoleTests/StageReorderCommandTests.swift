import JSON
import Testing

@testable import Console

@Suite("voronka stage reorder")
struct StageReorderCommandTests {
  private static func server(cards: Int64) -> FakeServer {
    FakeServer { method, params in
      let pipeline: JSON = [
        "id": 2, "kind": "deal", "name": "Услуги", "version": 4,
        "stages": [
          ["id": 11, "name": "Новая", "kind": "open"],
          ["id": 12, "name": "Договор", "kind": "open"],
          ["id": 13, "name": "Выиграна", "kind": "won"],
        ],
      ]
      switch (method, params["dry_run"]?.bool) {
      case ("pipeline.list", _): return ["items": [pipeline], "next": nil]
      case ("stage.reorder", true):
        return [
          "pipeline": 2, "order": ["Договор", "Новая", "Выиграна"], "cards": .integer(cards),
          "dry_run": true,
        ]
      default: return pipeline
      }
    }
  }

  private static func command(dry: Bool = false) -> StageReorderCommand {
    StageReorderCommand(pipeline: "Услуги", stages: ["Договор", "11"], isDryRun: dry)
  }

  @Test("It tells how many cards that concerns before it asks, and then says that it knows")
  func asks() async throws {
    let server = Self.server(cards: 31)
    let console = TestConsole()
    let refused = await Console.run(
      Self.command(), in: console.context(server: server.address))
    #expect(refused == .usage)
    #expect(
      server.calls.allSatisfy { $0.method != "stage.reorder" || $0.params["dry_run"] == true })
    let sure = console.context(server: server.address) { $0.assumesYes = true }
    #expect(await Console.run(Self.command(), in: sure) == .success)
    let last = try #require(server.calls.last { $0.method == "stage.reorder" })
    #expect(
      last.params == [
        "pipeline": 2, "stages": [12, 11, 13], "with_cards": true, "if_version": 4,
      ])
  }

  @Test("Where no cards are concerned nobody is asked, and a dry run does nothing")
  func doesNotAsk() async throws {
    let server = Self.server(cards: 0)
    let console = TestConsole()
    let context = console.context(server: server.address)
    #expect(await Console.run(Self.command(), in: context) == .success)
    let held = Self.server(cards: 31)
    let other = console.context(server: held.address)
    #expect(await Console.run(Self.command(dry: true), in: other) == .success)
    #expect(console.output.contains("Договор → Новая → Выиграна"))
    #expect(console.output.contains("31 cards stand"))
    #expect(held.calls.filter { $0.method == "stage.reorder" }.count == 1)
  }
}
