import Foundation
import JSON
import TestSupport
import Testing
import VoronkaClient

@testable import Console

/// A seller's board against the real server, key by key.
@Suite(.timeLimit(.minutes(3))) struct WorkTests {
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
    let seat = try shop.seat()
    await seat.shows("Oak kitchen")
    _ = try await shop.owner.call(
      "deal.create", ["pipeline": .integer(shop.pipeline), "title": "Pine stairs"])
    await seat.shows("Pine stairs")
    seat.type("q")
    #expect(await seat.work.value == .success)
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
    let command = WorkCommand(
      pipeline: nil, keys: KeySource(AsyncStream { $0.finish() }, columns: 80, lines: 24))
    #expect(await Console.run(command, in: console.context()) == .usage)
    #expect(console.errors.contains("voronka board"))
  }
}
