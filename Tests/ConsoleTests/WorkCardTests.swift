import Foundation
import JSON
import TestSupport
import Testing
import VoronkaClient

@testable import Console

/// A card's whole page, and the keys of a day's work beyond moving and noting.
@Suite(.timeLimit(.minutes(3))) struct WorkCardTests {
  private static let now = Date(timeIntervalSince1970: 1_780_304_400)

  private static let parts: CardPage.Parts = {
    var parts = CardPage.Parts(
      card: [
        "id": 5, "kind": "deal", "pipeline": 2, "stage": 11, "outcome": "lost", "reason": 7,
        "comment": "Next \u{1B}[31myear", "title": "Кухня \u{1B}]0;x\u{7} на заказ 你好",
        "amount": ["amount": "1200.50", "currency": "RUB"], "responsible": 3,
        "fields": ["budget": 12], "created_at": "2026-06-01T08:00:00Z",
      ])
    parts.contact = ["name": "Пётр\u{9B}2J", "phones": ["+7 916", "+7 917"]]
    parts.fields = [["key": "budget", "name": "Budget"], ["key": "none", "name": "Empty"]]
    parts.activities = [
      ["type": "call", "state": "planned", "due_at": "2026-06-01T10:00:00Z", "subject": "\u{1B}c"],
      ["type": "call", "state": "done", "done_at": "2026-05-01T10:00:00Z", "outcome": "Agreed"],
    ]
    parts.notes = [
      ["text": .string(String(repeating: "слово ", count: 40) + "\u{1B}[2J\nend"), "created_by": 3]
    ]
    parts.history = [
      ["change": "moved", "at": "2026-06-01T08:30:00Z", "details": ["from": 11, "to": 12]]
    ]
    parts.invoices = [["number": "A-1", "state": "open", "due_at": "2026-06-05"]]
    parts.reasons = [["id": 7, "name": "Too dear"]]
    return parts
  }()

  private func page(_ style: Style = Style(isColoured: false)) -> CardPage {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return CardPage(
      parts: Self.parts,
      pipelines: [
        [
          "id": 2, "name": "Kitchens",
          "stages": [["id": 11, "name": "New", "hint": "Call today"], ["id": 12, "name": "Met"]],
        ]
      ], people: [3: "Anna"], moments: SellerMoment(calendar: calendar, now: Self.now),
      style: style)
  }

  @Test(arguments: [30, 80, 200])
  func `All of a card is told, within any width, and nothing of it commands the terminal`(
    width: Int
  ) {
    let lines = page().lines(width)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= width }, "\(lines)")
    let text = lines.joined(separator: "\n")
    #expect(
      !text.unicodeScalars.contains { $0.value != 10 && $0.properties.generalCategory == .control })
    guard width > 30 else { return }
    for told in [
      "Kitchens › New", "Call today", "lost · Too dear · Next", "200.50", "Anna", "Budget", "12",
      "+7 916, +7 917", "10:00", "→ Agreed", "№ A-1", "New → Met", "  end",
    ] {
      #expect(text.contains(told), "\(told)")
    }
    #expect(!text.contains("Empty"))
    // Colours change nothing but colours.
    let coloured = page(Style(isColoured: true)).lines(width).map {
      $0.replacing(/\u{1B}\[[0-9]+m/, with: "")
    }
    #expect(coloured == lines)
  }

  @Test func `Letters are commands by their place on the keyboard, and themselves in a text`()
    async throws
  {
    #expect(Key.character("ь").command == .character("m"))
    #expect(Key.character("Ю").command == .character(">"))
    #expect(Key.character("7").command == .character("7") && Key.enter.command == .enter)
    let shop = try await Shop.make()
    _ = try await shop.work("тЁжик йц\nй")
    #expect(try await shop.notes() == ["Ёжик йц"])
  }

  @Test func `A lost card is found, opened again, invoiced, paid and won, by keys alone`()
    async throws
  {
    let shop = try await Shop.make()
    _ = try await shop.owner.call("reason.create", ["kind": "win", "name": "Quality"])
    _ = try await shop.owner.call("settings.update", ["paid_invoice_to_win": true])
    let seat = try shop.seat()
    await seat.shows("Oak kitchen")
    // The client, the amount and a field from one list.
    seat.type("e2\n250 000,50\ne3\nPetr 8 916 123-45-67\ne4\n1200\nx1\nToo dear\n")
    await seat.shows("Closed.")
    #expect(!seat.screen.contains("▸ \(shop.deal)"))
    seat.type("/oak\n\n")
    await seat.shows("lost · Too dear")
    #expect(seat.screen.contains("Petr") && seat.screen.contains("000.50"))
    seat.type("o")
    await seat.shows("Open again in New.")
    // Not without the money.
    seat.type("w1\n\n")
    await seat.shows("invoice")
    #expect(try await shop.deal()["outcome"] == "open")
    seat.type("y1\n\n+5d\n")
    await seat.shows("Made invoice")
    seat.type("y2\n")
    await seat.shows("Paid.")
    seat.type("w1\nThe oak\n")
    await seat.shows("won · Quality · The oak")
    seat.type("qq")
    #expect(await seat.work.value == .success)
    let won = try await shop.deal()
    #expect(won["outcome"] == "won" && won["fields"]?["budget"] == 1200)
  }

  @Test func `A stage's demands are asked for one by one, the client's phone and the amount too`()
    async throws
  {
    let shop = try await Shop.make()
    let pipeline = try await shop.owner.call(
      "pipeline.create",
      [
        "kind": "deal", "name": "Stairs",
        "stages": [
          ["name": "New"], ["name": "Measured", "required": ["amount", "phone|email", "budget"]],
          ["name": "Refused", "kind": "lost"], ["name": "Vanished", "kind": "lost"],
        ],
      ])
    let deal = try await shop.owner.call(
      "deal.create", ["pipeline": pipeline["id"] ?? .null, "title": "Elm stairs"])
    // Two deal pipelines: which one is asked, and asked again by g.
    let seat = try shop.seat()
    await seat.shows("Which pipeline?")
    seat.type("\n")
    let names = try await shop.owner.call("pipeline.list")["items"]?.array ?? []
    let place = try #require(names.firstIndex { $0["name"] == "Stairs" })
    seat.type("g\(place + 1)\n")
    await seat.shows("▸ \(CellText.exact(deal["id"])) Elm")
    seat.type(">")
    await seat.shows("Wanted here: the amount")
    seat.type("100\n")
    await seat.shows("Wanted here: the client's phone or e-mail")
    seat.type("petr@client.example\n")
    await seat.shows("Wanted here: Budget")
    seat.type("7\n")
    await seat.shows("Moved to Measured.")
    let moved = try await shop.deal(deal["id"]?.int64)
    #expect(moved["amount"]?["amount"] == "100.00" && moved["fields"]?["budget"] == 7)
    let contact = try await shop.owner.call("contact.get", ["id": moved["contact"] ?? .null])
    #expect(contact["email"] == "petr@client.example")
    // Several ways to lose are told apart.
    seat.type("x")
    await seat.shows("is lost as")
    seat.type("2\n1\nSilent\n")
    await seat.shows("Closed.")
    let lost = try await shop.deal(deal["id"]?.int64)
    let stages = pipeline["stages"]?.array ?? []
    #expect(stages.first { $0["id"] == lost["stage"] }?["name"] == "Vanished")
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test func `Only one's own cards, somebody else's, and the client's other ones`() async throws {
    let shop = try await Shop.make()
    let contact: JSON = ["name": "Petr", "phone": "+7 916 123-45-67"]
    for title in ["Pine table", "Elm stairs"] {
      _ = try await shop.owner.call(
        "deal.create",
        ["pipeline": .integer(shop.pipeline), "title": .string(title), "contact": contact])
    }
    let boris = try await shop.owner.call(
      "user.create",
      [
        "email": "boris@mebel.example", "name": "Boris", "password": "correct horse battery",
        "role": "admin",
      ])
    let seat = try shop.seat()
    await seat.shows("Elm stairs")
    seat.type("s")
    await seat.shows("Who is responsible?")
    seat.type("2\n")
    await seat.shows("Now Boris's.")
    let list = try await shop.owner.call("deal.list", ["responsible": boris["id"] ?? .null])
    #expect(list["items"]?[0]?["title"] == "Elm stairs")
    seat.type("u")
    await seat.shows("Only yours.")
    #expect(!seat.screen.contains("Elm stairs") && seat.screen.contains("Pine table"))
    seat.type("u")
    await seat.shows("Elm stairs")
    seat.type("f")
    await seat.shows("The client's other cards")
    seat.type("\n")
    await seat.shows("asked before")
    seat.type("qq")
    #expect(await seat.work.value == .success)
  }
}
