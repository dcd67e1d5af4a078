import Foundation
import JSON
import TestSupport
import Testing
import VoronkaClient

@testable import Console

/// Two people at one card: who comes second is told, and overwrites nothing.
@Suite(.timeLimit(.minutes(3))) struct WorkMeanwhileTests {
  private static let hurried: @Sendable (Duration) async throws -> Void = { duration in
    try await Task.sleep(for: duration < .seconds(59) ? .milliseconds(20) : .seconds(3600))
  }

  private func relay(_ shop: Shop) throws -> Relay {
    let text = try shop.server.address().description
    let port = try #require(text.split(separator: ":").last.flatMap { Int($0) })
    return Relay(to: { port })
  }

  private func stage(_ name: String, of shop: Shop) async throws -> JSON {
    let pipeline = try await shop.owner.call("pipeline.get", ["id": .integer(shop.pipeline)])
    let stages = pipeline["stages"]?.array ?? []
    return try #require(stages.first { $0["name"]?.string == name }?["id"])
  }

  private func move(_ shop: Shop, to name: String) async throws {
    _ = try await shop.owner.call(
      "deal.move",
      [
        "id": .integer(shop.deal), "stage": try await stage(name, of: shop),
        "fields": ["budget": 9],
      ])
  }

  @Test func `Who closes a card that a colleague has moved is told, and closes it by asking again`()
    async throws
  {
    let shop = try await Shop.make()
    let seat = try shop.seat(columns: 160)
    await seat.shows("Oak kitchen")
    seat.type("x")
    await seat.shows("why?")
    try await move(shop, to: "Measured")
    seat.type("1\n")
    await seat.shows("Comment")
    seat.type("Too dear\n")
    await seat.shows("Meanwhile Anna moved it New → Measured. Nothing was done")
    #expect(try await shop.deal()["outcome"] == "open")
    // The board shows it where it is, and the same keys close it.
    seat.type("x1\nToo dear\n")
    await seat.shows("Closed.")
    #expect(try await shop.deal()["outcome"] == "lost")
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test
  func `Who moves a card that a colleague has closed is told so, from the board and its page`()
    async throws
  {
    let shop = try await Shop.make()
    for page in ["", "\n"] {
      let seat = try shop.seat(columns: 160)
      await seat.shows("Oak kitchen")
      if !page.isEmpty {
        seat.type(page)
        await seat.shows("responsible")
      }
      seat.type("m")
      await seat.shows("Move \(shop.deal) Oak kitchen to")
      _ = try await shop.owner.call(
        "deal.lose", ["id": .integer(shop.deal), "reason": 1, "comment": "Away"])
      seat.type("1\n")
      await seat.shows("Meanwhile Anna closed it as lost. Nothing was done")
      #expect(try await shop.deal()["outcome"] == "lost")
      seat.type("qq")
      #expect(await seat.work.value == .success)
      _ = try await shop.owner.call("deal.reopen", ["id": .integer(shop.deal)])
    }
  }

  @Test func `Keys pressed ahead are forgotten where the first of them was not done`() async throws
  {
    let shop = try await Shop.make()
    let seat = try shop.seat(columns: 160)
    await seat.shows("Oak kitchen")
    seat.type("s")
    await seat.shows("Who is responsible?")
    _ = try await shop.owner.call(
      "deal.update", ["id": .integer(shop.deal), "title": "Ash kitchen"])
    seat.type("\n")
    await seat.shows("Meanwhile Anna changed title. Nothing was done")
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test
  func `What a step demands is filled in as one's own change, and somebody else's still shows`()
    async throws
  {
    let shop = try await Shop.make()
    let pipeline = try await shop.owner.call(
      "pipeline.create",
      [
        "kind": "deal", "name": "Stairs",
        "stages": [
          ["name": "New"], ["name": "Met", "required": ["amount", "contact", "source"]],
        ],
      ])
    let deal = try await shop.owner.call(
      "deal.create", ["pipeline": pipeline["id"] ?? .null, "title": "Elm stairs"])
    let id = try #require(deal["id"]?.int64)
    let seat = try shop.seat(pipeline: "Stairs", columns: 160)
    await seat.shows("Elm stairs")
    seat.type(">")
    await seat.shows("the amount")
    seat.type("100\n")
    await seat.shows("the client")
    seat.type("Petr\n")
    await seat.shows("where the request came from")
    _ = try await shop.owner.call("deal.update", ["id": .integer(id), "title": "Pine stairs"])
    seat.type("site\n")
    await seat.shows("Meanwhile Anna changed title. Nothing was done")
    #expect(try await shop.deal(id)["stage"] == deal["stage"])
    // Without a colleague all three are put there one after another.
    seat.type(">100\n")
    await seat.shows("the client")
    seat.type("Petr\n")
    await seat.shows("Known already")
    seat.type("1\nsite\n")
    await seat.shows("Moved to Met.")
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test func `In one's day too, whose cards tell no version`() async throws {
    let shop = try await Shop.make()
    let seat = try shop.seat(columns: 160)
    await seat.shows("Oak kitchen")
    seat.type("t")
    await seat.shows("Neglected")
    seat.type("x1\n")
    await seat.shows("Comment")
    _ = try await shop.owner.call(
      "deal.lose", ["id": .integer(shop.deal), "reason": 1, "comment": "Bought elsewhere"])
    seat.type("Dear\n")
    await seat.shows("Meanwhile it was changed: it is lost")
    #expect(try await shop.deal()["comment"] == "Bought elsewhere")
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test func `A move whose answer was lost is done once, though it says which version it meant`()
    async throws
  {
    let shop = try await Shop.make()
    _ = try await shop.owner.call(
      "deal.update", ["id": .integer(shop.deal), "fields": ["budget": 9]])
    let relay = try relay(shop)
    let seat = try shop.seat(over: relay.address, columns: 160, pause: Self.hurried)
    await seat.shows("Oak kitchen")
    relay.cut(after: "deal.move")
    seat.type(">")
    await seat.shows("Moved to Measured.")
    #expect(relay.connections == 2)
    let history = try await shop.owner.call("deal.history", ["id": .integer(shop.deal)])
    #expect((history["items"]?.array ?? []).count { $0["change"] == "moved" } == 1)
    relay.cut(after: "deal.lose")
    seat.type("x1\nAway\n")
    await seat.shows("Closed.")
    #expect(relay.connections == 3)
    #expect(try await shop.deal()["outcome"] == "lost")
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test func `A colleague's step while the connection was away is not overwritten when it is back`()
    async throws
  {
    let shop = try await Shop.make()
    let relay = try relay(shop)
    let seat = try shop.seat(over: relay.address, columns: 160, pause: Self.hurried)
    await seat.shows("Oak kitchen")
    seat.type("x1\n")
    await seat.shows("Comment")
    relay.cut(closing: true)
    await seat.shows("No connection")
    try await move(shop, to: "Measured")
    seat.type("Away\n")
    relay.reopen()
    await seat.shows("Meanwhile Anna moved it New → Measured. Nothing was done")
    #expect(try await shop.deal()["outcome"] == "open")
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test func `One's own step, answered late, is not taken for a colleague's who came after it`()
    async throws
  {
    let shop = try await Shop.make()
    _ = try await shop.owner.call(
      "deal.update", ["id": .integer(shop.deal), "fields": ["budget": 9]])
    let relay = try relay(shop)
    let seat = try shop.seat(over: relay.address, columns: 160, pause: Self.hurried)
    await seat.shows("Oak kitchen")
    relay.cut(after: "deal.move")
    relay.refuseNew()
    seat.type(">")
    await seat.shows("No connection")
    // Done by the server; a colleague takes it back before the answer is asked for again.
    while try await shop.deal()["stage"] != stage("Measured", of: shop) { await Task.yield() }
    try await move(shop, to: "New")
    relay.reopen()
    await seat.shows("Moved to Measured.")
    #expect(try await shop.deal()["stage"] == stage("New", of: shop))
    seat.type("q")
    #expect(await seat.work.value == .success)
  }
}
