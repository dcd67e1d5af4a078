import Foundation
import JSON
import Synchronization
import TestSupport
import Testing
import VoronkaClient

@testable import Console

/// What stages demand, asked for at the board, and values changed while others change them too.
@Suite(.timeLimit(.minutes(3))) struct WorkDemandTests {
  /// A stage that demands something of every kind, and the deal that is to get there.
  private static func demanding(_ shop: Shop) async throws -> JSON {
    for (key, type) in [
      ("wood", "choice"), ("doors", "multi_choice"), ("lift", "boolean"), ("fitter", "user"),
      ("ready", "date"), ("visit", "datetime"), ("deposit", "money"), ("remark", "text"),
    ] {
      var field: JSONObject = [
        "for": "deal", "key": .string(key), "name": .string("The \(key)"), "type": .string(type),
      ]
      if type.contains("choice") { field["choices"] = ["Oak", "Elm", "Pine"] }
      _ = try await shop.owner.call("field.create", .object(field))
    }
    _ = try await shop.owner.call("contact_status.create", ["name": "Reached"])
    let pipeline = try await shop.owner.call(
      "pipeline.create",
      [
        "kind": "deal", "name": "Stairs",
        "stages": [
          ["name": "New"],
          [
            "name": "Contract",
            "required": [
              "contact|company", "company", "source", "last_contact", "wood", "doors", "lift",
              "fitter", "ready", "visit", "deposit", "remark",
            ],
          ],
        ],
      ])
    return try await shop.owner.call(
      "deal.create", ["pipeline": pipeline["id"] ?? .null, "title": "Elm stairs"])
  }

  @Test func `Whatever a stage demands can be given by keys alone`() async throws {
    let shop = try await Shop.make()
    let id = try #require(try await Self.demanding(shop)["id"]?.int64)
    _ = try await shop.owner.call("contact.create", ["name": "Petr", "phone": "+79161234567"])
    let seat = try shop.seat(pipeline: "Stairs")
    await seat.shows("Elm stairs")
    seat.type(">")
    for (question, answer) in [
      ("Wanted here, one of", "1\n"), ("Wanted here: the client:", "8 916 123-45-67\n"),
      ("Known already", "\n"), ("Wanted here: the client's company", "Romashka\n"),
      ("where the request came from", "site\n"), ("how the last contact ended", "1\n"),
      ("The wood", "2\n"), ("The doors", "1\n3\n4\n"), ("The lift", "2\n"), ("The fitter", "1\n"),
      ("The ready", "2027-01-15\n"), ("The visit", "2027-01-15 10:00\n"), ("The deposit", "500\n"),
      ("The remark", "Steep\n"),
    ] {
      await seat.shows(question)
      seat.type(answer)
    }
    await seat.shows("Moved to Contract.")
    seat.type("q")
    #expect(await seat.work.value == .success)
    let deal = try await shop.deal(id)
    let contact = try await shop.owner.call("contact.get", ["id": deal["contact"] ?? .null])
    #expect(contact["name"] == "Petr", "found by the phone, not made anew")
    let company = try await shop.owner.call("company.get", ["id": deal["company"] ?? .null])
    #expect(company["name"] == "Romashka" && deal["source"] == "site")
    let fields = deal["fields"]
    #expect(fields?["wood"] == "Elm" && fields?["doors"] == ["Oak", "Pine"])
    #expect(fields?["lift"] == false && fields?["ready"] == "2027-01-15")
    #expect(fields?["visit"]?.string?.hasPrefix("2027-01-15T07:00:00") == true)
    #expect(fields?["deposit"]?["amount"] == "500.00" && fields?["remark"] == "Steep")
    #expect(fields?["fitter"]?.int64 != nil && deal["last_contact"]?["status"] != nil)
  }

  @Test func `A card gets a client, a company and other values, each begun with what is there`()
    async throws
  {
    let shop = try await Shop.make()
    // A title that is added to, a field that is emptied, a company, another client.
    _ = try await shop.work("e1\n, white\ne4\nRomashka\ne3\nPetr\nq")
    var deal = try await shop.deal()
    #expect(deal["title"] == "Oak kitchen, white")
    #expect(deal["company"]?.int64 != nil && deal["contact"]?.int64 != nil)
    _ = try await shop.work("e3\n2\nOlga 8 916 123-45-67\ne7\n12\nq")
    let other = try await shop.deal()
    #expect(other["contact"] != deal["contact"] && other["fields"]?["budget"] == 12)
    let seat = try shop.seat()
    await seat.shows("Oak kitchen")
    seat.type("e7\n")
    await seat.shows("Budget: 12")
    seat.typing.yield(.clear)
    seat.type("\nq")
    #expect(await seat.work.value == .success)
    deal = try await shop.deal()
    #expect(deal["fields"]?["budget"] == nil)
  }

  @Test func `What a colleague changed while one typed is told and not overwritten unasked`()
    async throws
  {
    let shop = try await Shop.make()
    let seat = try shop.seat(columns: 160)
    await seat.shows("Oak kitchen")
    seat.type("e1\n")
    await seat.shows("Title: Oak kitchen")
    _ = try await shop.owner.call(
      "deal.update", ["id": .integer(shop.deal), "title": "Ash kitchen"])
    seat.type("!\n")
    await seat.shows("Meanwhile Anna changed title. Title is now \"Ash kitchen\".")
    #expect(try await shop.deal()["title"] == "Ash kitchen")
    // Left as it is; or, asked for again, put there.
    seat.typing.yield(.escape)
    seat.type("e1\n")
    await seat.shows("Title: Ash kitchen")
    _ = try await shop.owner.call(
      "deal.update", ["id": .integer(shop.deal), "source": "site"])
    seat.type("!\n")
    await seat.shows("Meanwhile Anna changed source.")
    seat.type("\n")
    await seat.shows("Changed.")
    seat.type("q")
    #expect(await seat.work.value == .success)
    #expect(try await shop.deal()["title"] == "Ash kitchen!")
  }

  @Test func `A card's page shows its lines again once the screen is large enough for all`()
    async throws
  {
    let shop = try await Shop.make()
    _ = try await shop.owner.call(
      "note.add",
      [
        "card": .integer(shop.deal),
        "text": .string((1...12).map { "line \($0)" }.joined(separator: "\n")),
      ])
    let (signals, telling) = AsyncStream.makeStream(of: WorkSignal.self)
    let console = TestConsole()
    let context = console.context(
      server: try shop.server.address().description, terminal: .present
    ) { $0.token = shop.token }
    let box = Box(height: 60)
    let command = WorkCommand(
      pipeline: nil, keys: KeySource(signals, size: { (90, box.height) }))
    let seat = Shop.Seat(
      console: console, typing: AsyncStream.makeStream(of: Key.self).continuation,
      work: Task { await Console.run(command, in: context) })
    await seat.shows("Oak kitchen")
    telling.yield(.key(.enter))
    await seat.shows("line 12")
    await seat.shows("where")
    box.set(10)
    telling.yield(.resized)
    await seat.shows("scroll")
    telling.yield(.key(.end))
    while seat.screen.contains("where") { await Task.yield() }
    box.set(60)
    telling.yield(.resized)
    await seat.shows("line 12")
    await seat.shows("where")
    telling.yield(.key(.character("q")))
    telling.yield(.key(.character("q")))
    #expect(await seat.work.value == .success)
  }

  private final class Box: Sendable {
    private let value: Mutex<Int>
    init(height: Int) { value = Mutex(height) }
    var height: Int { value.withLock { $0 } }
    func set(_ height: Int) { value.withLock { $0 = height } }
  }
}
