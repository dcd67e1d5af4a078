import JSON
import Testing

@testable import Console

@Suite struct ReasonCommandTests {
  private static func server() -> FakeServer {
    FakeServer { method, params in
      switch method {
      case "reason.list":
        [
          "items": [
            ["id": 3, "kind": "loss", "name": "Пропал", "loss_kind": "vanished", "active": true]
          ], "next": .null,
        ]
      case "pipeline.list":
        [
          "items": [
            ["id": 1, "kind": "lead", "name": "Leads", "stages": [["id": 11, "name": "New lead"]]]
          ], "next": .null,
        ]
      case "lead.list", "contact.list": ["items": [], "next": .null]
      default: ["id": params["id"] ?? .null]
      }
    }
  }

  private func run(_ command: any ConsoleCommand) async -> (Int32, TestConsole, FakeServer) {
    let (console, server) = (TestConsole(), Self.server())
    let context = console.context(server: server.address) { $0.assumesYes = true }
    return (await Console.run(command, in: context).rawValue, console, server)
  }

  @Test func `Reasons are listed with their kind of loss, and changed by name`() async {
    let (status, console, _) = await run(
      ReasonCommand(.list(kind: "loss", lossKind: nil, withInactive: false)))
    #expect(status == 0 && console.output.contains("vanished"))
    let (_, _, changed) = await run(
      ReasonCommand(
        .update(
          "пропал", kind: nil, name: nil, isActive: false,
          ReasonTerms(lossKind: "dropped", comment: "company"))))
    #expect(
      changed.calls.last?.params == [
        "id": 3, "active": false, "loss_kind": "dropped", "comment": .null,
      ])
    let (_, _, made) = await run(
      ReasonCommand(.create(kind: "win", name: "Цена", ReasonTerms(comment: "required"))))
    #expect(
      made.calls.last?.params == ["kind": "win", "name": "Цена", "comment": "required"])
    let (_, _, deleted) = await run(ReasonCommand(.delete("3", kind: nil)))
    #expect(deleted.calls.last?.method == "reason.delete")
  }

  @Test func `Settings are set by name, switches as such`() async {
    let (_, _, server) = await run(
      SettingsCommand(changes: ["require_win_comment=true", "reopen_days=14", "name=a=b"]))
    #expect(
      server.calls.last?.params == ["require_win_comment": true, "reopen_days": 14, "name": "a=b"])
    let (status, console, _) = await run(SettingsCommand(changes: ["leads"]))
    #expect(status == 2 && console.errors.contains("NAME=VALUE"))
    let (_, _, shown) = await run(SettingsCommand())
    #expect(shown.calls.last?.method == "settings.get")
  }

  @Test func `Leads are listed by the name of their stage, contacts up to a limit`() async {
    var filter = DealListCommand.Filter()
    filter.stage = "new lead"
    let (_, _, leads) = await run(DealListCommand(filter: filter, of: "lead"))
    #expect(leads.calls.first { $0.method == "lead.list" }?.params["stage"] == 11)
    var some = ClientFilter()
    some.limit = 7
    let (_, _, contacts) = await run(ClientCommand(.contact, .list(some)))
    #expect(contacts.calls.last?.params == ["limit": 7])
  }
}
