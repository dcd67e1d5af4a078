import JSON
import Testing

@testable import Console

@Suite struct ContactStatusCommandTests {
  private static let card: JSON = [
    "id": 5, "kind": "deal", "title": "Кухня", "stage": 3, "pipeline": 2,
    "last_contact": ["status": 4, "at": "2026-06-01T09:00:00.000000Z"],
  ]

  private static func server() -> FakeServer {
    FakeServer { method, _ in
      switch method {
      case "contact_status.list":
        return [
          "items": [
            ["id": 3, "name": "Недозвон", "meaning": "missed", "active": true],
            ["id": 4, "name": "Думает", "meaning": "thinking", "active": true],
          ], "next": nil,
        ]
      case "pipeline.list", "user.list": return ["items": [], "next": nil]
      case "deal.list": return ["items": [card], "next": nil]
      case "deal.copy": return ["from": card, "deal": card]
      default: return card
      }
    }
  }

  private static func run(_ command: some ConsoleCommand) async -> (FakeServer, TestConsole) {
    let (server, console) = (server(), TestConsole())
    let context = console.context(server: server.address) { $0.assumesYes = true }
    #expect(await Console.run(command, in: context) == .success, "\(console.errors)")
    return (server, console)
  }

  @Test func `Statuses are listed, made and named by their names`() async {
    let (_, listed) = await Self.run(ContactStatusCommand(.list(inactive: false)))
    #expect(listed.output.contains("Недозвон") && listed.output.contains("thinking"))
    let (made, _) = await Self.run(ContactStatusCommand(.create(name: "Ждёт", meaning: nil)))
    #expect(made.lastCall?.params == ["name": "Ждёт"])
    let (changed, _) = await Self.run(
      ContactStatusCommand(.update("думает", name: nil, meaning: "other", active: false)))
    #expect(changed.lastCall?.params == ["id": 4, "meaning": "other", "active": false])
    let (gone, _) = await Self.run(ContactStatusCommand(.delete("Недо")))
    #expect(gone.lastCall?.params == ["id": 3])
  }

  @Test func `Whatever is done with a card is told with a status by name`() async {
    let commands: [(any ConsoleCommand, String)] = [
      (
        CardUpdateCommand(id: 5, title: nil, source: nil, status: "Думает", fields: []),
        "deal.update"
      ),
      (DealCloseCommand(.reopen, id: 5, status: "Думает"), "deal.reopen"),
      (DealMoveCommand(id: 5, stage: "3", fields: [], status: "Думает"), "deal.move"),
      (DealCopyCommand(id: 5, pipeline: "2", status: "Думает"), "deal.copy"),
      (
        ActivityCommand(.complete(id: 7, outcome: nil, next: nil, status: "Думает")),
        "activity.complete"
      ),
    ]
    for (command, method) in commands {
      let (server, _) = await Self.run(command)
      let call = server.calls.last { $0.method == method }
      #expect(call?.params["last_contact"] == 4, "\(method)")
    }
  }

  @Test func `A card and a list show it by name, and a list is filtered by it`() async {
    let (_, shown) = await Self.run(DealShowCommand(id: 5))
    #expect(shown.output.contains("Думает, 2026-06-01"))
    var filter = DealListCommand.Filter()
    filter.status = "Недозвон"
    let (server, listed) = await Self.run(DealListCommand(filter: filter))
    #expect(server.calls.first { $0.method == "deal.list" }?.params["last_contact"] == 3)
    #expect(listed.output.contains("LAST CONTACT") && listed.output.contains("Думает"))
  }
}
