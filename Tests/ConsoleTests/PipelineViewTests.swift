import JSON
import Testing

@testable import Console

@Suite struct PipelineViewTests {
  private static let pipeline: JSON = ["id": 2, "kind": "deal", "name": "Услуги", "stages": []]

  private static func server() -> FakeServer {
    FakeServer { method, _ in
      switch method {
      case "pipeline.list": return ["items": [pipeline], "next": nil]
      case "pipeline.lint":
        return [
          "pipeline": 2, "cards": 1200,
          "findings": [
            [
              "code": "moves_back", "severity": "error", "source": "S4",
              "reason": "Сделки двигались обратно.",
              "change": "Добавьте этап впереди.", "history": true, "count": 15, "out_of": 100,
              "share": 0.15, "fields": [],
              "stages": [["stage": 11, "name": "Новая\u{1B}[2J", "count": 15, "out_of": 100]],
            ]
          ],
        ]
      case "deal.copy":
        return [
          "from": ["id": 5, "outcome": "won"], "deal": ["id": 9],
          "warnings": [["kind": "no_back", "message": "Careful.", "detail": true]],
        ]
      default: return ["items": [], "next": nil]
      }
    }
  }

  @Test
  func `Faults are told with their evidence, reason and remedy, and nothing moves the cursor`()
    async
  {
    let console = TestConsole()
    let server = Self.server()
    let context = console.context(server: server.address)
    #expect(await Console.run(PipelineLintCommand(pipeline: "Услуги"), in: context) == .success)
    let output = console.output
    #expect(output.contains("Услуги: 1 findings, 1\u{A0}200 cards looked at"))
    #expect(output.contains("error: moves_back (15 of 100)"))
    #expect(output.contains("(15 of 100)") && output.contains("→ Добавьте этап впереди."))
    #expect(!output.contains("\u{1B}[2J"))
  }

  @Test func `A copy names both deals and what was warned of`() async {
    let server = Self.server()
    let console = TestConsole()
    let context = console.context(server: server.address)
    let command = DealCopyCommand(id: 5, pipeline: "Услуги", comment: "Да")
    #expect(await Console.run(command, in: context) == .success)
    #expect(console.output.contains("Made deal 9 on the base of deal 5, which is won."))
    #expect(console.output.contains("Warning: Careful."))
    let call = server.calls.first { $0.method == "deal.copy" }
    #expect(call?.params == ["id": 5, "pipeline": 2, "comment": "Да"])
  }
}
