import Foundation
import JSON
import Testing

@testable import Console

@Suite struct ClientCommandTests {
  private static func server() -> FakeServer {
    FakeServer { method, params in
      switch method {
      case "contact.list":
        [
          "items": [
            ["id": 3, "name": "Petr", "phones": ["+7 916 1", "+7 916 2"], "emails": []]
          ], "next": .null,
        ]
      case "company.duplicates":
        [
          "items": [
            [
              "id": 1, "name": "Romashka", "duplicate": ["id": 2, "name": "OOO Romashka"],
              "by": ["name"],
            ]
          ], "next": .null,
        ]
      default: ["id": params["id"] ?? .null]
      }
    }
  }

  private func run(
    _ command: ClientCommand, yes: Bool = false
  ) async -> (Int32, TestConsole, FakeServer) {
    let (console, server) = (TestConsole(), Self.server())
    let context = console.context(server: server.address, terminal: .present) {
      $0.assumesYes = yes
    }
    return (await Console.run(command, in: context).rawValue, console, server)
  }

  @Test func `The list shows all numbers, and asks by what was said`() async {
    var filter = ClientFilter()
    filter.phone = "8 916 1"
    let (status, console, server) = await run(ClientCommand(.contact, .list(filter)))
    #expect(status == 0 && console.output.contains("+7 916 1, +7 916 2"))
    #expect(server.calls.last?.params == ["phone": "8 916 1", "limit": 500])
  }

  @Test func `Duplicates stand side by side with what they have in common`() async {
    let (status, console, _) = await run(ClientCommand(.company, .duplicates(of: nil)))
    #expect(status == 0)
    #expect(console.output.contains("OOO Romashka") && console.output.contains("name"))
  }

  @Test func `Merging and erasing ask first, and a dry run does not`() async {
    let merge = ClientCommand(.contact, .merge(into: 3, from: [4, 5], dryRun: false))
    let (refused, _, untouched) = await run(merge)
    #expect(refused == 2 && untouched.calls.isEmpty)
    let (status, _, server) = await run(merge, yes: true)
    #expect(status == 0)
    #expect(server.calls.last?.params == ["id": 3, "from": [4, 5]])
    let (dry, _, asked) = await run(
      ClientCommand(.contact, .erase(3, withCompanies: true, dryRun: true)))
    #expect(dry == 0)
    #expect(asked.calls.last?.params == ["id": 3, "company": true, "dry_run": true])
  }

  @Test func `A new client has several numbers`() async {
    var draft = ClientDraft(name: "Petr")
    draft.phones = ["1", "2"]
    draft.company = 7
    let (_, _, server) = await run(ClientCommand(.contact, .create(draft)))
    #expect(
      server.calls.last?.params == ["name": "Petr", "phones": ["1", "2"], "company": 7])
  }

  @Test func `A client is changed in what was said alone, and not for nothing`() async {
    var draft = ClientDraft()
    draft.phones = ["8 916 1", "8 916 2"]
    let (status, _, server) = await run(ClientCommand(.contact, .update(3, draft)))
    #expect(status == 0 && server.calls.last?.method == "contact.update")
    #expect(server.calls.last?.params == ["phones": ["8 916 1", "8 916 2"], "id": 3])
    let (refused, _, untouched) = await run(ClientCommand(.company, .update(3, ClientDraft())))
    #expect(refused == 2 && untouched.calls.isEmpty)
  }

  @Test func `A client is deleted after a question, or only asked about`() async {
    let deletion = ClientCommand(.company, .delete(3, dryRun: false))
    let (refused, _, untouched) = await run(deletion)
    #expect(refused == 2 && untouched.calls.isEmpty)
    let (status, _, server) = await run(deletion, yes: true)
    #expect(status == 0 && server.calls.last?.params == ["id": 3])
    let (_, _, asked) = await run(ClientCommand(.contact, .delete(4, dryRun: true)))
    #expect(asked.calls.last?.params == ["id": 4, "dry_run": true])
  }

  @Test func `A deal is made with its client in one step, named or told, not both`() async {
    var draft = DealCreateCommand.Draft(title: "Wardrobe")
    draft.name = "Petr"
    draft.phone = "8 916 1"
    draft.source = "site"
    let (console, server) = (TestConsole(), Self.server())
    let context = console.context(server: server.address, terminal: .present)
    _ = await Console.run(DealCreateCommand(draft: draft), in: context)
    let made = server.calls.first { $0.method == "deal.create" }
    #expect(
      made?.params == [
        "title": "Wardrobe", "contact": ["name": "Petr", "phone": "8 916 1"], "source": "site",
      ])
    draft.contact = 7
    let before = server.calls.count { $0.method == "deal.create" }
    #expect(await Console.run(DealCreateCommand(draft: draft), in: context).rawValue == 2)
    #expect(server.calls.count { $0.method == "deal.create" } == before)
  }
}
