import Foundation
import JSON
import TestSupport
import Testing
import VoronkaClient

@testable import Console

/// A seller's board against the real server, key by key.
@Suite(.timeLimit(.minutes(3))) struct WorkTests {
  /// Keys as they are typed: a line break is Enter.
  private static func keys(_ typed: String) -> AsyncStream<Key> {
    let (keys, continuation) = AsyncStream.makeStream(of: Key.self)
    for character in typed {
      continuation.yield(character == "\n" ? .enter : .character(character))
    }
    continuation.finish()
    return keys
  }

  private struct Shop {
    let server: RunningServer
    let owner: ServerConnection
    let token: String
    let pipeline: Int64
    let deal: Int64

    /// A pipeline of two stages, the second with a required field, and one deal.
    static func make() async throws -> Shop {
      let server = try await RunningServer.start()
      let installer = try await server.operatorConnection()
      _ = try await installer.call(
        "plan.create", ["code": "start", "name": "Start", "limits": [:]])
      _ = try await installer.call(
        "tenant.create",
        [
          "slug": "mebel", "name": "Mebel", "plan": "start", "currency": "RUB", "locale": "en",
          "timezone": "Europe/Moscow",
          "admin": [
            "email": "anna@mebel.example", "name": "Anna", "password": "correct horse battery",
          ],
        ])
      let owner = try await server.connect()
      let login = try await owner.call(
        "auth.login",
        [
          "tenant": "mebel", "email": "anna@mebel.example", "password": "correct horse battery",
        ])
      _ = try await owner.call(
        "field.create", ["for": "deal", "key": "budget", "name": "Budget", "type": "number"])
      _ = try await owner.call("reason.create", ["kind": "loss", "name": "Too dear"])
      let pipeline = try await owner.call(
        "pipeline.create",
        [
          "kind": "deal", "name": "Kitchens",
          "stages": [["name": "New"], ["name": "Measured", "required": ["budget"]]],
        ])
      let id = try #require(pipeline["id"]?.int64)
      let deal = try await owner.call(
        "deal.create", ["pipeline": .integer(id), "title": "Oak kitchen"])
      return Shop(
        server: server, owner: owner, token: try #require(login["token"]?.string), pipeline: id,
        deal: try #require(deal["id"]?.int64))
    }

    func work(_ typed: String) async throws -> TestConsole {
      let console = TestConsole()
      let address = try server.address().description
      var terminal = Terminal.present
      terminal.width = 100
      let context = console.context(server: address, terminal: terminal) { $0.token = token }
      let command = WorkCommand(
        pipeline: nil, keys: KeySource(WorkTests.keys(typed), columns: 100, lines: 30))
      #expect(await Console.run(command, in: context) == .success, "\(console.errors)")
      return console
    }

    func deal(_ id: Int64? = nil) async throws -> JSON {
      try await owner.call("deal.get", ["id": .integer(id ?? deal)])
    }
  }

  @Test func `A deal is noted, moved with what its stage requires, and lost, by keys alone`()
    async throws
  {
    let shop = try await Shop.make()
    let console = try await shop.work("nAsked for oak\nm\n1200\n")
    let moved = try await shop.deal()
    #expect(moved["fields"]?["budget"] == 1200 && moved["stage"] != nil)
    #expect(console.output.contains("Kitchens") && console.output.contains("▸ \(shop.deal) Oak"))
    #expect(
      console.output.contains("Budget: 1200") && console.output.contains("Moved to Measured."))
    let notes = try await shop.owner.call("note.list", ["card": .integer(shop.deal)])
    #expect(notes["items"]?.array?.map { $0["text"] } == ["Asked for oak"])
    // Chosen where it stands now, in the second column.
    _ = try await shop.work("lx\nNext year\nq")
    let lost = try await shop.deal()
    #expect(lost["outcome"] == "lost" && lost["comment"] == "Next year")
  }

  @Test func `A new deal comes with its client, and words find a card on the board`() async throws {
    let shop = try await Shop.make()
    let console = try await shop.work("aPine table\nPetr 8 916 123-45-67\n/oak\n\nnFound\nq")
    let list = try await shop.owner.call("deal.list")["items"]?.array ?? []
    #expect(list.map { $0["title"] } == ["Pine table", "Oak kitchen"])
    let contact = try await shop.owner.call("contact.get", ["id": list[0]["contact"] ?? .null])
    #expect(contact["name"] == "Petr" && contact["phone"]?.string?.contains("916") == true)
    let notes = try await shop.owner.call("note.list", ["card": .integer(shop.deal)])
    #expect(notes["items"]?.array?.map { $0["text"] } == ["Found"])
    #expect(console.output.contains("Made deal"))
  }

  @Test func `What comes next is planned, missed, called back and done, by keys alone`()
    async throws
  {
    let shop = try await Shop.make()
    let console = try await shop.work("p1\n+2d\nOffer\nc+3h\nb+1d 10:00\ndAgreed\n\nq")
    let list = try await shop.owner.call("activity.list", ["card": .integer(shop.deal)])
    let activities = list["items"]?.array ?? []
    #expect(activities.contains { $0["outcome"] == "Agreed" && $0["state"] == "done" })
    #expect(activities.contains { $0["subject"] == "Offer" })
    // One after the other: planned, missed, called back, done.
    #expect(activities.count == 3 && activities.allSatisfy { $0["state"] == "done" })
    #expect(console.output.contains("Planned.") && console.output.contains("Done."))
  }

  @Test func `What a colleague does is drawn without a key`() async throws {
    let shop = try await Shop.make()
    let (keys, typing) = AsyncStream.makeStream(of: Key.self)
    let console = TestConsole()
    let context = console.context(
      server: try shop.server.address().description, terminal: .present
    ) { $0.token = shop.token }
    let command = WorkCommand(pipeline: nil, keys: KeySource(keys, columns: 100, lines: 30))
    let work = Task { await Console.run(command, in: context) }
    while !console.output.contains("Oak kitchen") { await Task.yield() }
    _ = try await shop.owner.call(
      "deal.create", ["pipeline": .integer(shop.pipeline), "title": "Pine stairs"])
    while !console.output.contains("Pine stairs") { await Task.yield() }
    typing.yield(.character("q"))
    #expect(await work.value == .success)
    typing.finish()
  }

  @Test func `What the server refuses stands at the bottom, and work goes on`() async throws {
    let shop = try await Shop.make()
    let console = try await shop.work("e2\nmuch\nnStill here\nq")
    #expect(console.output.contains("amount"))
    let notes = try await shop.owner.call("note.list", ["card": .integer(shop.deal)])
    #expect(notes["items"]?.array?.count == 1)
    #expect(try await shop.deal()["amount"]?.isNull == true)
  }

  @Test func `Without a terminal it says what to use instead`() async throws {
    let console = TestConsole()
    let command = WorkCommand(pipeline: nil, keys: KeySource(Self.keys(""), columns: 80, lines: 24))
    #expect(await Console.run(command, in: console.context()) == .usage)
    #expect(console.errors.contains("voronka board"))
  }
}
