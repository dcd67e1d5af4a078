import Foundation
import JSON
import Synchronization
import TestSupport
import Testing
import VoronkaClient

@testable import Console

/// Work over connections that break.
@Suite(.timeLimit(.minutes(3))) struct WorkReconnectTests {
  /// Attempts to connect come soon after each other, and time itself never passes.
  private static let hurried: @Sendable (Duration) async throws -> Void = { duration in
    try await Task.sleep(for: duration < .seconds(59) ? .milliseconds(20) : .seconds(3600))
  }

  private func relay(_ shop: Shop) throws -> Relay {
    let port = try Self.port(of: shop.server)
    return Relay(to: { port })
  }

  private static func port(of server: RunningServer) throws -> Int {
    let text = try server.address().description
    return try #require(text.split(separator: ":").last.flatMap { Int($0) })
  }

  @Test func `A step whose answer was lost is done once, and the board is fresh`() async throws {
    let shop = try await Shop.make()
    let relay = try relay(shop)
    let seat = try shop.seat(over: relay.address, pause: Self.hurried)
    await seat.shows("Oak kitchen")
    relay.cut(after: "note.add")
    seat.type("nMeasure on Friday\n")
    await seat.shows("Noted.")
    #expect(relay.connections == 2)
    #expect(try await shop.notes() == ["Measure on Friday"])
    relay.cut(after: "deal.create")
    seat.type("aPine table\nPetr 8 916 123-45-67\n")
    await seat.shows("Made deal")
    let deals = try await shop.owner.call("deal.list")["items"]?.array ?? []
    #expect(deals.map { $0["title"] } == ["Pine table", "Oak kitchen"])
    // Events come over the new connection too.
    _ = try await shop.owner.call(
      "deal.create", ["pipeline": .integer(shop.pipeline), "title": "Elm stairs"])
    await seat.shows("Elm stairs")
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test func `What was being typed stays, what happened meanwhile is drawn, and keys wait`()
    async throws
  {
    let shop = try await Shop.make()
    let relay = try relay(shop)
    let seat = try shop.seat(over: relay.address, pause: Self.hurried)
    await seat.shows("Oak kitchen")
    seat.type("nHalf of")
    await seat.shows("Half of▏")
    relay.cut(closing: true)
    await seat.shows("No connection")
    seat.type(" it")
    await seat.shows("Half of it▏")
    _ = try await shop.owner.call(
      "deal.create", ["pipeline": .integer(shop.pipeline), "title": "Pine stairs"])
    // Enter, while there is still no connection: the note is sent as soon as there is one.
    seat.type("\n")
    relay.reopen()
    await seat.shows("Pine stairs")
    #expect(try await shop.notes() == ["Half of it"])
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test func `Without a key pressed the connection comes back by itself`() async throws {
    let shop = try await Shop.make()
    let relay = try relay(shop)
    let seat = try shop.seat(over: relay.address, pause: Self.hurried)
    await seat.shows("Oak kitchen")
    relay.cut(closing: true)
    await seat.shows("trying again")
    _ = try await shop.owner.call(
      "deal.create", ["pipeline": .integer(shop.pipeline), "title": "Pine stairs"])
    relay.reopen()
    await seat.shows("Pine stairs")
    #expect(seat.screen.contains("Connected again."))
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test func `One leaves while there is no connection, and is told of a step that may be done`()
    async throws
  {
    let shop = try await Shop.make()
    for typed in ["", "nLost\n"] {
      let relay = try relay(shop)
      let seat = try shop.seat(over: relay.address, pause: Self.hurried)
      await seat.shows("Oak kitchen")
      relay.cut(closing: true)
      await seat.shows("No connection")
      seat.type(typed + "q")
      // Nothing was sent.
      #expect(await seat.work.value == .success)
      #expect(seat.console.output.hasSuffix(Screen.closing))
    }
    // Sent, and cut before the answer: whether it was done is not known any more.
    let relay = try relay(shop)
    let seat = try shop.seat(over: relay.address, pause: Self.hurried)
    await seat.shows("Oak kitchen")
    seat.type("nSent")
    await seat.shows("Sent▏")
    relay.cut(after: "note.add")
    relay.refuseNew()
    seat.type("\n")
    await seat.shows("No connection")
    seat.type("q")
    #expect(await seat.work.value == .serverError)
    #expect(seat.console.errors.contains("whether your last step was done is not known"))
  }

  @Test func `A session that ended ends the work with a clear sentence`() async throws {
    let shop = try await Shop.make()
    let seat = try shop.seat()
    await seat.shows("Oak kitchen")
    _ = try await shop.owner.call("auth.logout", ["everywhere": true])
    // Told by the server: no key is pressed.
    #expect(await seat.work.value == .serverError)
    #expect(
      seat.console.errors == "Your session has ended: log in again with voronka login.\n")
    #expect(seat.console.output.hasSuffix(Screen.closing))
  }

  @Test func `A server that restarts is found again`() async throws {
    let folder = try ServerFolder()
    var server = try await RunningServer.start(in: folder)
    let shop = try await Shop.make(on: server)
    let port = Atomic(try Self.port(of: server))
    let relay = Relay(to: { port.load(ordering: .relaxed) })
    let seat = try shop.seat(over: relay.address, pause: Self.hurried)
    await seat.shows("Oak kitchen")
    await server.stop()
    await seat.shows("No connection")
    server = try await RunningServer.start(in: folder)
    port.store(try Self.port(of: server), ordering: .relaxed)
    await seat.shows("Connected again.")
    seat.type("nStill here\n")
    await seat.shows("Noted.")
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test
  func `Pauses between attempts grow to a bound, are shortened by chance, and heed the server`() {
    let longest = Backoff(jitter: { 1 })
    let pauses = (0...9).map { longest.delay(before: $0) }
    #expect(pauses[0] == .milliseconds(250) && pauses[1] == .milliseconds(500))
    #expect(pauses[2] == .seconds(1) && pauses[6] == .seconds(16) && pauses[9] == .seconds(30))
    #expect(Backoff(jitter: { 0 }).delay(before: 2) == .milliseconds(500))
    #expect(longest.delay(before: 1, asked: .seconds(5)) == .seconds(5))
    #expect(longest.delay(before: 1000, asked: .seconds(500)) == .seconds(30))
  }
}
