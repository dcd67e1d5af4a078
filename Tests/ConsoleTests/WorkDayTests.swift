import Foundation
import JSON
import TestSupport
import Testing
import VoronkaClient

@testable import Console

/// One's day on the whole screen.
@Suite(.timeLimit(.minutes(3))) struct WorkDayTests {
  private static let moscow: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Europe/Moscow") ?? .gmt
    return calendar
  }()

  private static func item(_ id: Int64, due: String, card: Int64, pay: String? = nil) -> JSON {
    var told: JSONObject = [
      "id": .integer(card), "kind": "deal", "title": .string("Deal \(card)"),
    ]
    told["payment_due"] = pay.map { .string($0) }
    return [
      "activity": ["id": .integer(id), "type": "call", "due_at": .string(due), "subject": "Offer"],
      "card": .object(told),
    ]
  }

  private static let day: JSON = [
    "date": "2026-06-01",
    "overdue": ["count": 1, "items": [item(1, due: "2026-06-01T08:00:00.000000Z", card: 11)]],
    "today": [
      "count": 2,
      "items": [
        item(3, due: "2026-06-01T10:30:00.000000Z", card: 13, pay: "2026-06-05"),
        item(2, due: "2026-06-01T10:00:00.000000Z", card: 12),
      ],
    ],
    "incoming": ["count": 0, "items": []],
    "neglected": [
      "count": 700,
      "items": [
        ["card": ["id": 14, "kind": "deal", "title": "Idle \u{1B}[2J", "touched_at": "x"]]
      ],
    ],
  ]

  private static func moment(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

  @Test func `What becomes due is overdue as time passes, and who has to pay stands in front`()
    throws
  {
    var day = WorkDay()
    day.take(Self.day, now: try Self.moment("2026-06-01T09:00:00Z"))
    #expect(day.rows.map { $0.card["id"] } == [11, 13, 12, 14])
    #expect(day.rows.map(\.part) == [.overdue, .today, .today, .neglected])
    day.move(rows: 2)
    day.pass(to: try Self.moment("2026-06-01T10:00:00Z"))
    #expect(day.counts[.overdue] == 1, "at its moment it is still to be done")
    day.pass(to: try Self.moment("2026-06-01T10:00:01Z"))
    #expect(day.rows.map(\.part) == [.overdue, .overdue, .today, .neglected])
    #expect(day.row?.card["id"] == 12, "what was chosen stays chosen")
    day.pass(to: try Self.moment("2026-06-01T11:00:00Z"))
    #expect(day.rows.map { $0.card["id"] } == [13, 11, 12, 14])
    #expect(day.counts == [.overdue: 3, .today: 0, .incoming: 0, .neglected: 700])
    // Done: the next of the same place is chosen.
    day.take(["date": "2026-06-01"], now: try Self.moment("2026-06-01T11:00:00Z"))
    #expect(day.row == nil)
  }

  @Test(arguments: [(80, 21), (40, 6), (160, 50), (20, 3)])
  func `A day fits a screen of any size, with what is chosen in sight`(columns: Int, lines: Int)
    throws
  {
    let now = try Self.moment("2026-06-01T09:00:00Z")
    var day = WorkDay()
    day.take(Self.day, now: now)
    for _ in day.rows {
      let drawn = WorkDayDrawing(
        day: day, style: Style(isColoured: false), columns: columns, lines: lines,
        moments: SellerMoment(calendar: Self.moscow, now: now)
      ).drawn()
      #expect(drawn.count <= lines && drawn.allSatisfy { DisplayWidth.of($0) <= columns })
      #expect(drawn.contains { $0.hasPrefix("▸") } && !drawn.joined().contains("\u{1B}"))
      day.move(rows: 1)
    }
    let whole = WorkDayDrawing(
      day: day, style: Style(isColoured: false), columns: 100, lines: 50,
      moments: SellerMoment(calendar: Self.moscow, now: now)
    ).drawn()
    #expect(whole.contains { $0.contains("13:30") && $0.contains("pay by 2026-06-05") })
    #expect(whole.contains { $0.contains("… 699 more") })
  }

  @Test func `Moments are told by the day of the place`() throws {
    let moments = SellerMoment(
      calendar: Self.moscow, now: try Self.moment("2026-06-01T09:00:00Z"))
    #expect(moments.text("2026-06-01T20:59:00.000000Z") == "23:59")
    #expect(moments.text("2026-06-01T21:00:00Z") == "02.06 00:00")
    #expect(moments.text("2028-01-05T06:00:00Z") == "05.01.2028 09:00")
    #expect(moments.text("soon") == "soon" && moments.text(.null) == "")
  }

  @Test func `A day is worked through by keys, and follows what comes in`() async throws {
    let shop = try await Shop.make()
    let card: JSON = .integer(shop.deal)
    // Made by a member's own hand: the deal is the owner's.
    let user = try await shop.owner.call("auth.whoami")["principal"]?["user"]?["id"]
    _ = try await shop.owner.call(
      "deal.assign", ["id": card, "responsible": user ?? .null])
    let seat = try shop.seat()
    await seat.shows("Oak kitchen")
    seat.type("t")
    await seat.shows("Neglected: nothing is planned (1)")
    seat.type("p1\n+2m\nOffer\n")
    await seat.shows("Today (1)")
    #expect(!seat.screen.contains("Neglected"))
    // The client writes: told by the server, no key pressed.
    _ = try await shop.owner.call(
      "activity.record_incoming", ["card": card, "type": "message", "subject": "When?"])
    await seat.shows("Incoming, not answered (1)")
    #expect(seat.screen.contains("When?"))
    // The incoming one, answered as such; the planned call is still to be made.
    seat.type("jdOn Friday\n")
    await seat.shows("Answered.")
    #expect(!seat.screen.contains("Incoming, not answered") && seat.screen.contains("Today (1)"))
    seat.type("c+1m\n")
    await seat.shows("The next call is planned.")
    seat.type("dAgreed\n")
    await seat.shows("Done.")
    await seat.shows("Neglected")
    // The card itself, and back to the board.
    seat.type("\n")
    await seat.shows("Agreed")
    #expect(seat.screen.contains("Done") && seat.screen.contains("History"))
    seat.type("qt")
    await seat.shows("▸ \(shop.deal) Oak")
    seat.type("q")
    #expect(await seat.work.value == .success)
    let list = try await shop.owner.call("activity.list", ["card": card])
    let outcomes = (list["items"]?.array ?? []).compactMap { $0["outcome"]?.string }
    #expect(Set(outcomes) == ["On Friday", "missed", "Agreed"])
  }

  @Test func `What was planned turns overdue on the screen when its time has come`() async throws {
    let shop = try await Shop.make()
    let user = try await shop.owner.call("auth.whoami")["principal"]?["user"]?["id"] ?? .null
    let due = Date().addingTimeInterval(60)
    _ = try await shop.owner.call(
      "activity.plan",
      [
        "card": .integer(shop.deal), "type": "call", "due_at": .string(due.formatted(.iso8601)),
        "responsible": user,
      ])
    let (isLate, ticks) = (Flag(), TickSource())
    let seat = try shop.seat(
      pause: { try await ticks.pause($0) },
      now: { isLate.isSet ? Date().addingTimeInterval(120) : Date() })
    await seat.shows("Oak kitchen")
    seat.type("t")
    await seat.shows("Today (1)")
    isLate.set()
    ticks.tick()
    await seat.shows("Overdue (1)")
    seat.type("q")
    #expect(await seat.work.value == .success)
  }
}
