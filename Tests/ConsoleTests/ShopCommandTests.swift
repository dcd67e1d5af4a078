import Foundation
import JSON
import TestSupport
import Testing
import VoronkaClient

@testable import Console

/// Commands against the real server.
@Suite(.timeLimit(.minutes(3))) struct ShopCommandTests {
  @Test func `A deal's lines are shown by themselves, and taken away only where that is said`()
    async throws
  {
    let shop = try await Shop.make()
    let product = try await shop.owner.call(
      "product.create",
      ["name": "Table", "price": ["amount": "100.00", "currency": "RUB"]])
    _ = try await shop.owner.call(
      "deal.set_lines",
      [
        "id": .integer(shop.deal),
        "lines": [["product": product["id"] ?? .null, "quantity": 2]],
      ])
    let shown = try await shop.run(DealLinesCommand(id: shop.deal, lines: []))
    #expect(shown.output.contains("Table (") && shown.output.contains("200"))
    #expect(try await shop.deal()["lines"]?.array?.count == 1)
    let both = DealLinesCommand(id: shop.deal, lines: ["Table=1"], takesAllAway: true)
    _ = try await shop.run(both, ends: .usage)
    _ = try await shop.run(DealLinesCommand(id: shop.deal, lines: [], takesAllAway: true))
    #expect((try await shop.deal()["lines"]?.array ?? []).isEmpty)
    let empty = try await shop.run(DealLinesCommand(id: shop.deal, lines: []))
    #expect(empty.output.contains("no lines"))
  }

  @Test func `Who sees one pipeline of several is given that one, and is told of no other`()
    async throws
  {
    let shop = try await Shop.make()
    let other = try await shop.owner.call(
      "pipeline.create", ["kind": "deal", "name": "Stairs", "stages": [["name": "New"]]])
    let boris = try await shop.owner.call(
      "user.create",
      ["email": "boris@mebel.example", "name": "Boris", "password": "correct horse battery"])
    for (pipeline, actions) in [
      (JSON.integer(shop.pipeline), ["view"] as JSON), (other["id"] ?? .null, ["create"]),
    ] {
      _ = try await shop.owner.call(
        "grant.give",
        [
          "pipeline": pipeline, "to": ["user": boris["id"] ?? .null], "actions": actions,
          "cards": "all",
        ])
    }
    let connection = try await shop.server.connect()
    let login = try await connection.call(
      "auth.login",
      ["tenant": "mebel", "email": "boris@mebel.example", "password": "correct horse battery"])
    let token = try #require(login["token"]?.string)
    let board = try await shop.run(BoardCommand(pipeline: nil, cardsPerStage: 5), token: token)
    #expect(board.output.contains("Kitchens") && board.output.contains("Oak kitchen"))
    // The owner sees both.
    let both = try await shop.run(BoardCommand(pipeline: nil, cardsPerStage: 5), ends: .usage)
    #expect(both.errors.contains("Kitchens") && both.errors.contains("Stairs"))
  }

  @Test
  func `Moments are typed and shown by the company's time zone, and sent as they are written`()
    async throws
  {
    let shop = try await Shop.make()
    let plan = ActivityCommand(
      .plan(
        card: shop.deal, type: "call", due: "2099-11-26 10:00", subject: nil, responsible: nil))
    let planned = try await shop.run(plan)
    #expect(planned.output.contains("2099-11-26 10:00") && !planned.output.contains("07:00"))
    let list = try await shop.owner.call("activity.list", ["card": .integer(shop.deal)])
    #expect(list["items"]?[0]?["due_at"]?.string?.hasPrefix("2099-11-26T07:00:00") == true)
    let shown = try await shop.run(ActivityCommand(.list(card: shop.deal)))
    #expect(shown.output.contains("2099-11-26 10:00") && !shown.output.contains("Z"))
    let json = try await shop.run(ActivityCommand(.list(card: shop.deal)), output: .json)
    #expect(json.output.contains("2099-11-26T07:00:00"))
    let board = try await shop.run(BoardCommand(pipeline: nil, cardsPerStage: 5))
    #expect(board.output.contains("2099-11-26 10:00"))
    let plans = try await shop.run(MyDayCommand(date: "2099-11-26", user: nil))
    #expect(plans.output.contains("2099-11-26 10:00"))
    // RFC 3339 as ever; what is neither is refused with how to write it.
    let exact = ActivityCommand(.callBack(card: shop.deal, at: "2099-11-27T10:00:00+05:00"))
    #expect(try await shop.run(exact).output.contains("2099-11-27 08:00"))
    let wrong = ActivityCommand(.callBack(card: shop.deal, at: "soon"))
    #expect(try await shop.run(wrong, ends: .usage).errors.contains("tomorrow 10:00"))
    let day = try #require(WhenText.day("+30d", now: Date(), calendar: .current))
    let pause = PauseCommand(.pause(until: "\(day) 09:30", reason: "away"), id: shop.deal)
    _ = try await shop.run(pause)
    let paused = try await shop.run(BoardCommand(pipeline: nil, cardsPerStage: 5))
    #expect(paused.output.contains("‖ \(day) 09:30 away"))
  }

  @Test func `Cards are noted, closed, opened again and passed on with all that this takes`()
    async throws
  {
    let shop = try await Shop.make()
    _ = try await shop.owner.call("reason.create", ["kind": "invalid", "name": "A test"])
    _ = try await shop.run(NoteAddCommand(card: shop.deal, text: "Asked for oak"))
    #expect(try await shop.notes() == ["Asked for oak"])
    _ = try await shop.run(
      CardUpdateCommand(
        id: shop.deal, title: nil, source: nil, status: nil, fields: [], amount: "1200.50"))
    #expect(try await shop.deal()["amount"]?["amount"] == "1200.50")
    _ = try await shop.run(
      DealCloseCommand(
        .lose, id: shop.deal, reason: "Too dear", comment: "Far", stage: "Lost",
        fields: ["budget=7"]),
      ends: .success)
    let lost = try await shop.deal()
    #expect(lost["outcome"] == "lost" && lost["fields"]?["budget"] == 7)
    _ = try await shop.run(DealCloseCommand(.reopen, id: shop.deal, stage: "Measured"))
    let stages = try await shop.owner.call("pipeline.get", ["id": .integer(shop.pipeline)])
    let open = try await shop.deal()
    #expect(
      stages["stages"]?.array?.first { $0["id"] == open["stage"] }?["name"] == "Measured")
    _ = try await shop.run(DealCloseCommand(.invalidate, id: shop.deal, reason: "A test"))
    #expect(try await shop.deal()["outcome"] == "lost")
    let lead = try await shop.owner.call("lead.create", ["title": "A stool"])
    let id = try #require(lead["id"]?.int64)
    _ = try await shop.run(DealCloseCommand(.invalidate, id: id, reason: "A test", of: "lead"))
    _ = try await shop.run(DealCloseCommand(.reopen, id: id, of: "lead"))
    let history = try await shop.run(DealHistoryCommand(id: id, of: "lead"))
    #expect(history.output.contains("reopened"))
    var extra = LeadPassCommand.Extra()
    extra.title = "A bar stool"
    extra.amount = "90"
    extra.stage = "New"
    let passed = try await shop.run(
      LeadPassCommand(id: id, to: .pipeline("Kitchens"), extra: extra), output: .json)
    #expect(passed.output.contains("A bar stool") && passed.output.contains("90.00"))
  }
}
