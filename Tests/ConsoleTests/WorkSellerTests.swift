import Foundation
import JSON
import TestSupport
import Testing
import VoronkaClient

@testable import Console

/// What gets in a seller's way in the course of a day.
@Suite(.timeLimit(.minutes(3))) struct WorkSellerTests {
  @Test(arguments: [20, 30, 49, 60, 100, 200])
  func `The keys are told within any width, all of them`(columns: Int) {
    let lines = WorkHelp.lines(columns)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= columns }, "\(lines)")
    guard columns > 40 else { return }
    let text = lines.joined(separator: " ").replacing(/\s+/, with: " ")
    #expect(text.contains("make one, or note a payment"), "\(text)")
  }

  @Test func `A board tells of the stages on either side that the screen has no room for`() {
    let stages = (1...5).map { id -> JSON in ["id": .integer(id), "kind": "open"] }
    let columns = (1...5).map { id -> JSON in
      [
        "stage": .integer(id), "name": .string("Stage\(id) with a name that is cut"), "count": 0,
        "cards": [], "amount": ["amount": id == 3 ? "1200.50" : "0.00", "currency": "RUB"],
      ]
    }
    var board = WorkBoard()
    board.take(["stages": .array(columns)], pipeline: ["stages": .array(stages)])
    let heads = { (board: WorkBoard, width: Int) in
      WorkBoardDrawing(
        board: board, people: [:], style: Style(isColoured: false), columns: width, lines: 9,
        moments: SellerMoment(calendar: .current, now: Date())
      ).drawn()
    }
    for width in [22, 46, 60, 80] {
      let first = heads(board, width)[0]
      #expect(first.hasPrefix("Stage1") && first.hasSuffix(" ›") && DisplayWidth.of(first) <= width)
    }
    board.move(columns: 2)
    #expect(heads(board, 46)[0].hasPrefix("‹ ") && heads(board, 46)[0].hasSuffix(" ›"))
    // What is worth nothing is not summed up.
    #expect(heads(board, 46)[1].contains("0 · 1") && !heads(board, 46)[1].contains("0 · 0"))
    board.move(columns: 2)
    #expect(heads(board, 46)[0].hasPrefix("‹ ") && !heads(board, 46)[0].contains("›"))
    #expect(!heads(board, 200)[0].contains("‹") && !heads(board, 200)[0].contains("›"))
  }

  @Test func `All cards of a full stage are reached, and one's own are counted among them`()
    async throws
  {
    let shop = try await Shop.make()
    let user = try await shop.owner.call("auth.whoami")["principal"]?["user"]?["id"] ?? .null
    for number in 1...120 {
      let deal = try await shop.owner.call(
        "deal.create",
        ["pipeline": .integer(shop.pipeline), "title": .string("Stairs \(number)")])
      guard number.isMultiple(of: 60) else {
        _ = try await shop.owner.call(
          "deal.assign", ["id": deal["id"] ?? .null, "responsible": .null])
        continue
      }
      _ = try await shop.owner.call(
        "deal.assign", ["id": deal["id"] ?? .null, "responsible": user])
    }
    _ = try await shop.owner.call(
      "deal.assign", ["id": .integer(shop.deal), "responsible": user])
    let seat = try shop.seat()
    await seat.shows("Stairs 120")
    // The oldest of 121 is beyond the first hundred.
    seat.typing.yield(.end)
    seat.typing.yield(.end)
    await seat.shows("▸ \(shop.deal) Oak kitchen")
    seat.type("u")
    await seat.shows("3 open · mine")
    #expect(seat.screen.contains("Stairs 60") && !seat.screen.contains("Stairs 61"))
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test func `A wanted comment is asked for until there is one, and the reason stays chosen`()
    async throws
  {
    let shop = try await Shop.make()
    _ = try await shop.owner.call("settings.update", ["require_loss_comment": true])
    let seat = try shop.seat()
    await seat.shows("Oak kitchen")
    seat.type("x1\n\n")
    await seat.shows("Nothing is closed without a comment here; Esc gives up.")
    seat.type("Away\n")
    await seat.shows("Closed.")
    let lost = try await shop.deal()
    #expect(lost["outcome"] == "lost" && lost["reason"] == 1 && lost["comment"] == "Away")
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test func `A card is paused until a day for a reason, and its clocks go on again`() async throws
  {
    let shop = try await Shop.make()
    let seat = try shop.seat(columns: 160)
    await seat.shows("Oak kitchen")
    seat.type("z+2w\n\n")
    await seat.shows("Not paused: say what is waited for.")
    seat.type("z+2w\nOn holiday\n")
    await seat.shows("Paused.")
    #expect(seat.screen.contains("‖ ") && seat.screen.contains("On holiday"))
    #expect(try await shop.deal()["clocks"]?["paused"]?["reason"] == "On holiday")
    seat.type("я")
    await seat.shows("is paused until")
    seat.type("1\n")
    await seat.shows("Its clocks go on.")
    #expect(try await shop.deal()["clocks"]?["paused"]?.isNull ?? true)
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test(arguments: [30, 60, 100, 200])
  func `What is asked can be read whole, with room for an answer, on a screen of any width`(
    columns: Int
  ) async throws {
    let shop = try await Shop.make()
    let seat = try shop.seat(columns: columns)
    await seat.shows("Oak")
    seat.type("c+1")
    await seat.shows("+1▏")
    let shown = seat.screen.replacing(/\u{1B}\[[0-9]*[mKJ]/, with: "")
    let lines = shown.split(whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let asked =
      "\(shop.deal) Oak kitchen not reached. Call again (15:30, tomorrow 10:00, +2d, 26.11 15:00):"
    #expect(lines.joined(separator: " ").replacing(/\s+/, with: " ").contains(asked), "\(lines)")
    #expect(
      shown.split(whereSeparator: \.isNewline).allSatisfy {
        DisplayWidth.of(String($0)) <= columns
      },
      "\(lines)")
    seat.typing.yield(.escape)
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  /// A lead pipeline whose second stage hands over into another one of deals, with a required field.
  private func leads(_ shop: Shop) async throws -> Int64 {
    _ = try await shop.owner.call(
      "field.create", ["for": "deal", "key": "area", "name": "Area", "type": "number"])
    let services = try await shop.owner.call(
      "pipeline.create",
      [
        "kind": "deal", "name": "Services", "stages": [["name": "Asked", "required": ["area"]]],
      ])
    let known = try await shop.owner.call("pipeline.list")["items"]?.array ?? []
    let leads = try #require(known.first { $0["kind"] == "lead" }?["id"])
    _ = try await shop.owner.call(
      "stage.create",
      [
        "pipeline": leads, "name": "To services", "transfers_to": services["id"] ?? .null,
      ])
    let lead = try await shop.owner.call("lead.create", ["title": "Delivery"])
    return try #require(lead["id"]?.int64)
  }

  @Test func `Who goes on from the last working stage of leads chooses where it is handed over`()
    async throws
  {
    let shop = try await Shop.make()
    let lead = try await leads(shop)
    let known = try await shop.owner.call("pipeline.list")["items"]?.array ?? []
    let leads = try #require(known.first { $0["kind"] == "lead" })
    let stages = (leads["stages"]?.array ?? []).filter { $0["kind"] == "open" }
    let transfer = try #require(stages.firstIndex { $0["name"] == "To services" })
    let last = stages[transfer - 1]["id"] ?? .null
    _ = try await shop.owner.call("lead.move", ["id": .integer(lead), "stage": last])
    let seat = try shop.seat(pipeline: leads["name"]?.string, columns: 160)
    // Chosen at once, though the first stage is empty.
    await seat.shows("▸ \(lead) Delivery")
    seat.type(">")
    await seat.shows("Move \(lead) Delivery to")
    #expect(try await shop.owner.call("lead.get", ["id": .integer(lead)])["outcome"] == "open")
    seat.typing.yield(.escape)
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test func `A lead is made a deal of a chosen pipeline, and what that demands is asked for`()
    async throws
  {
    let shop = try await Shop.make()
    let lead = try await leads(shop)
    let known = try await shop.owner.call("pipeline.list")["items"]?.array ?? []
    let name = known.first { $0["kind"] == "lead" }?["name"]?.string
    let seat = try shop.seat(pipeline: name, columns: 160)
    await seat.shows("Delivery")
    seat.type("w")
    await seat.shows("becomes a deal of")
    seat.type("2\n")
    await seat.shows("Wanted here: Area")
    seat.type("12\n")
    await seat.shows("of Services now.")
    let deals = try await shop.owner.call("deal.list")["items"]?.array ?? []
    let deal = try #require(deals.first { $0["title"] == "Delivery" })
    #expect(deal["fields"]?["area"] == 12)
    #expect(
      try await shop.owner.call("lead.get", ["id": .integer(lead)])["outcome"] == "won")
    seat.type("q")
    #expect(await seat.work.value == .success)
  }

  @Test func `History tells what was changed and from whom to whom a card went`() async throws {
    let shop = try await Shop.make()
    let user = try await shop.owner.call("auth.whoami")["principal"]?["user"]?["id"] ?? .null
    _ = try await shop.owner.call(
      "deal.update", ["id": .integer(shop.deal), "title": "Ash kitchen"])
    _ = try await shop.owner.call(
      "deal.assign", ["id": .integer(shop.deal), "responsible": .null])
    _ = try await shop.owner.call(
      "deal.assign", ["id": .integer(shop.deal), "responsible": user])
    let seat = try shop.seat(columns: 120)
    await seat.shows("Ash kitchen")
    seat.type("\n")
    await seat.shows("updated  title  Anna")
    #expect(seat.screen.contains("assigned  Anna"))
    seat.type("qq")
    #expect(await seat.work.value == .success)
  }
}
