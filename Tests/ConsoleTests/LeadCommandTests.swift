import JSON
import Testing

@testable import Console

@Suite("voronka lead")
struct LeadCommandTests {
  private static let leads: JSON = [
    "id": 1, "kind": "lead", "name": "Заявки",
    "stages": [
      ["id": 3, "name": "Новая", "kind": "open"], ["id": 4, "name": "Передать", "kind": "open"],
    ],
  ]
  private static let deals: JSON = ["id": 2, "kind": "deal", "name": "Услуги", "stages": []]
  private static let card: JSON = [
    "id": 7, "kind": "lead", "pipeline": 1, "stage": 3, "title": "Кухня", "responsible": 1,
    "outcome": "open",
  ]

  private static func server() -> FakeServer {
    FakeServer { method, params in
      switch method {
      case "pipeline.list": return ["items": [leads, deals], "next": nil]
      case "user.list": return ["items": [["id": 1, "name": "Анна"]], "next": nil]
      case "team.list": return ["items": [["id": 5, "name": "Старшие"]], "next": nil]
      case "lead.list": return ["items": [card], "next": nil]
      case "lead.move", "lead.convert": return ["lead": card, "deal": ["id": 9]]
      default: return card
      }
    }
  }

  private func asked(_ command: any ConsoleCommand) async -> (
    method: String?, params: JSON?, String
  ) {
    let console = TestConsole()
    let server = Self.server()
    let context = console.context(server: server.address)
    #expect(await Console.run(command, in: context) == .success)
    let call = server.calls.last { $0.method.hasPrefix("lead.") }
    return (call?.method, call?.params, console.output)
  }

  @Test("Stages, pipelines, people and teams go by their names, and what has become a deal says so")
  func names() async {
    var (method, params, output) = await asked(LeadPassCommand(id: 7, to: .stage("передать")))
    #expect(method == "lead.move" && params?["stage"] == 4)
    #expect(output.contains("Lead 7 is deal 9 now."))
    (method, params, output) = await asked(LeadPassCommand(id: 7, to: .pipeline("услуги")))
    #expect(method == "lead.convert" && params?["pipeline"] == 2)
    (method, params, output) = await asked(LeadAssignCommand(id: 7, user: nil, team: "старшие"))
    #expect(method == "lead.assign" && params?["to"] == ["team": 5])
    (method, params, output) = await asked(LeadAssignCommand(id: 7, user: "анна", team: nil))
    #expect(params?["responsible"] == 1)
    (method, params, output) = await asked(DealListCommand(filter: .init(), of: "lead"))
    #expect(method == "lead.list" && output.contains("Кухня"))
    var filter = DealListCommand.Filter()
    filter.source = "site"
    (filter.closedFrom, filter.closedTo) = ("2026-06-01", "2026-06-30")
    filter.fields = ["size={\"from\":3}", "city=Тверь"]
    (method, params, output) = await asked(DealListCommand(filter: filter, of: "lead"))
    #expect(params?["source"] == "site")
    #expect(params?["closed_from"] == "2026-06-01" && params?["closed_to"] == "2026-06-30")
    #expect(params?["fields"] == ["size": ["from": 3], "city": "Тверь"])
    var draft = LeadCreateCommand.Draft(title: "Кухня")
    draft.phone = "+79161234567"
    (method, params, output) = await asked(LeadCreateCommand(draft: draft))
    #expect(params?["contact"] == ["phone": "+79161234567"])
    #expect(output.contains("Created lead 7."))
  }
}
