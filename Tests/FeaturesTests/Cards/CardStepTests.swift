internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Steps of cards")
struct CardStepTests {
  private func deal(_ floor: SalesFloor) async throws -> JSON {
    try await floor.generalSeller.client.call(
      "deal.create", ["title": "Кухня", "pipeline": floor.general["id"] ?? .null])
  }

  @Test("What a stage requires is named all at once, and may be filled in with the step")
  func requiredFields() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    try await owner.call(
      "field.create",
      ["for": "deal", "key": "budget", "name": "Бюджет", "type": "number"])
    let pipeline = try await floor.company.pipeline(
      "Своя",
      stages: [
        ["name": "Новая"], ["name": "Смета", "required": ["amount", "budget"]],
      ])
    let deal = try await owner.call(
      "deal.create", ["title": "Кухня", "pipeline": pipeline["id"] ?? .null])
    let id = deal["id"] ?? .null
    let target = floor.stage(1, of: pipeline)
    let refusal = try await owner.refusal("deal.move", ["id": id, "stage": target])
    #expect(refusal?.kind == "stage_rule")
    #expect(refusal?["missing"] == ["amount", "budget"])
    try await owner.call(
      "deal.update", ["id": id, "amount": ["amount": "100", "currency": "RUB"]])
    let moved = try await owner.call(
      "deal.move", ["id": id, "stage": target, "fields": ["budget": 5]])
    #expect(moved["stage"] == target)
    #expect(moved["fields"]?["budget"] == 5)
  }

  @Test("Losing wants a reason and a comment at once; a lost deal is reopened for thirty days")
  func lossAndReopening() async throws {
    let floor = try await SalesFloor.make()
    let seller = floor.generalSeller.client
    let deal = try await deal(floor)
    let id = deal["id"] ?? .null
    let refusal = try await seller.refusal("deal.lose", ["id": id])
    #expect(refusal?["reason_required"] == "loss")
    #expect(refusal?["comment_required"] == true)
    let reason = try await floor.reason("loss")
    let win = try await floor.reason("win")
    let wrong = try await seller.refusal(
      "deal.lose", ["id": id, "reason": win, "comment": "Дорого"])
    #expect(wrong?["wrong_reason"] == "loss")
    let lost = try await seller.call(
      "deal.lose", ["id": id, "reason": reason, "comment": "Дорого"])
    #expect(lost["outcome"] == "lost")
    #expect(lost["reason"] == reason)
    floor.company.installation.clock.advance(seconds: 29 * 86_400)
    let reopened = try await seller.call("deal.reopen", ["id": id])
    #expect(reopened["outcome"] == "open")
    #expect(reopened["reason"] == JSON.null)
    try await seller.call("deal.lose", ["id": id, "reason": reason, "comment": "Дорого"])
    floor.company.installation.clock.advance(seconds: 30 * 86_400)
    // The session has ended meanwhile.
    let returned = try await floor.company.installation.login("mebel", "general@mebel.example")
    let late = try await returned.refusal("deal.reopen", ["id": id])
    #expect(late?["reopen_window_passed"] != nil)
  }

  @Test(
    "An amount below zero is refused wherever a card is given one; none at all and zero are not")
  func negativeAmount() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let below: JSON = ["amount": "-0.01", "currency": "RUB"]
    let zero: JSON = ["amount": "0", "currency": "RUB"]
    let deal = try await deal(floor)
    let lead = try await floor.lead()
    let calls: [(method: String, parameters: JSONObject)] = [
      ("deal.create", ["title": "Стол", "pipeline": floor.general["id"] ?? .null]),
      ("lead.create", ["title": "Стол", "contact": ["name": "Пётр"]]),
      ("deal.update", ["id": deal["id"] ?? .null]), ("lead.update", ["id": lead["id"] ?? .null]),
      ("lead.convert", ["id": lead["id"] ?? .null, "pipeline": floor.general["id"] ?? .null]),
    ]
    for (method, parameters) in calls {
      var parameters = parameters
      parameters["amount"] = below
      let refusal = try await owner.refusal(method, parameters)
      #expect(refusal?.kind == "invalid", "\(method)")
      #expect(refusal?["fields"]?[0]?["path"] == "amount.amount", "\(method)")
      parameters["amount"] = ["amount": "-1", "currency": "USD"]
      let both = try await owner.refusal(method, parameters)
      #expect(both?["fields"]?.array?.count == 2, "\(method)")
      parameters["amount"] = zero
      #expect(try await owner.refusal(method, parameters) == nil, "\(method)")
    }
  }

  @Test("A move to the stage where it stands changes nothing")
  func sameStage() async throws {
    let floor = try await SalesFloor.make()
    let deal = try await deal(floor)
    let moved = try await floor.generalSeller.client.call(
      "deal.move", ["id": deal["id"] ?? .null, "stage": deal["stage"] ?? .null])
    #expect(moved == deal)
    let filled = try await floor.generalSeller.client.call(
      "deal.move",
      ["id": deal["id"] ?? .null, "stage": deal["stage"] ?? .null, "fields": [:]])
    #expect(filled == deal)
  }

  @Test("Of a colleague whom the caller does not know, nothing is told when they are named")
  func unknownResponsible() async throws {
    let floor = try await SalesFloor.make()
    for id in [floor.servicesSeller.id, 99] {
      let refusal = try await floor.generalSeller.client.refusal(
        "deal.create",
        [
          "title": "Кухня", "pipeline": floor.general["id"] ?? .null,
          "responsible": .integer(id),
        ])
      #expect(refusal?.kind == "not_found")
      #expect(refusal?["what"] == "user")
    }
  }

  @Test("Ids follow the order of creation, also when many come at once")
  func idsInOrder() async throws {
    let floor = try await SalesFloor.make()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<100 { group.addTask { _ = try await deal(floor) } }
      try await group.waitForAll()
    }
    let last = try await deal(floor)
    let newest = try await floor.generalSeller.client.call("deal.list", ["limit": 1])
    #expect(newest["items"]?[0]?["id"] == last["id"])
  }

  @Test("Null is refused in an update where nothing can be cleared")
  func nullInUpdate() async throws {
    let floor = try await SalesFloor.make()
    let deal = try await deal(floor)
    let refusal = try await floor.generalSeller.client.refusal(
      "deal.update", ["id": deal["id"] ?? .null, "title": .null])
    #expect(refusal?.kind == "invalid_params")
    #expect(refusal?["fields"]?[0]?["path"] == "title")
  }

  @Test("Another version than the caller knows is a conflict that tells the present one")
  func versions() async throws {
    let floor = try await SalesFloor.make()
    let seller = floor.generalSeller.client
    let deal = try await deal(floor)
    let id = deal["id"] ?? .null
    try await seller.call("deal.update", ["id": id, "title": "Шкаф", "if_version": 1])
    let refusal = try await seller.refusal(
      "deal.update", ["id": id, "title": "Стол", "if_version": 1])
    #expect(refusal?.kind == "conflict")
    #expect(refusal?["version"] == 2)
    #expect(try await seller.call("deal.get", ["id": id])["title"] == "Шкаф")
  }

  @Test("Sixteen moves at once are carried out one after another: no version is lost")
  func concurrentMoves() async throws {
    let floor = try await SalesFloor.make()
    let deal = try await deal(floor)
    let id = deal["id"] ?? .null
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<16 {
        group.addTask {
          try await floor.generalSeller.client.call(
            "deal.update", ["id": id, "title": .string("Кухня \(index)")])
        }
      }
      try await group.waitForAll()
    }
    let history = try await floor.generalSeller.client.call("deal.history", ["id": id])
    #expect(history["items"]?.array?.compactMap { $0["version"]?.int64 } == Array(1...17))
  }

  @Test("A responsible who could not see the card is refused by name; one who can is taken")
  func responsible() async throws {
    let floor = try await SalesFloor.make()
    let refusal = try await floor.company.owner.refusal(
      "deal.create",
      [
        "title": "Кухня", "pipeline": floor.general["id"] ?? .null,
        "responsible": .integer(floor.first.id),
      ])
    #expect(refusal?.kind == "invalid")
    #expect(refusal?.message.contains("first") == true)
    let deal = try await floor.company.owner.call(
      "deal.create",
      [
        "title": "Кухня", "pipeline": floor.general["id"] ?? .null,
        "responsible": .integer(floor.generalSeller.id),
      ])
    #expect(deal["responsible"]?.int64 == floor.generalSeller.id)
    let given = try await floor.generalSeller.client.call(
      "deal.assign", ["id": deal["id"] ?? .null, "responsible": .null])
    #expect(given["responsible"] == JSON.null)
  }

  @Test("One who sees a deal but lacks the right is told which; a deleted one does not exist")
  func rights() async throws {
    let floor = try await SalesFloor.make()
    let deal = try await deal(floor)
    let id = deal["id"] ?? .null
    let refusal = try await floor.generalSeller.client.refusal("deal.delete", ["id": id])
    #expect(refusal?.kind == "forbidden")
    #expect(refusal?["needs"] == "delete")
    let dry = try await floor.company.owner.call("deal.delete", ["id": id, "dry_run": true])
    #expect(dry["deleted"] == false)
    try await floor.company.owner.call("deal.delete", ["id": id])
    #expect(
      try await floor.generalSeller.client.refusal("deal.get", ["id": id])?.kind == "not_found")
  }

  @Test("Lists come newest first in pages that stay put while cards come")
  func paging() async throws {
    let floor = try await SalesFloor.make()
    let seller = floor.generalSeller.client
    var ids: [Int64] = []
    for _ in 0..<5 { ids.append(try #require(try await deal(floor)["id"]?.int64)) }
    let first = try await seller.call("deal.list", ["limit": 2])
    #expect(first["items"]?.array?.compactMap { $0["id"]?.int64 } == [ids[4], ids[3]])
    _ = try await deal(floor)
    let second = try await seller.call(
      "deal.list", ["limit": 2, "after": first["next"] ?? .null])
    #expect(second["items"]?.array?.compactMap { $0["id"]?.int64 } == [ids[2], ids[1]])
    let third = try await seller.call(
      "deal.list", ["limit": 2, "after": second["next"] ?? .null])
    #expect(third["items"]?.array?.compactMap { $0["id"]?.int64 } == [ids[0]])
    #expect(third["next"] == JSON.null)
    #expect(try await seller.refusal("deal.list", ["after": "nonsense"])?.kind == "invalid_params")
  }

  @Test("The same key at the same time makes one deal, and every caller gets it")
  func idempotency() async throws {
    let floor = try await SalesFloor.make()
    let answers = try await withThrowingTaskGroup(of: JSON.self) { group in
      for _ in 0..<8 {
        group.addTask {
          try await floor.generalSeller.client.call(
            "deal.create",
            [
              "title": "Кухня", "pipeline": floor.general["id"] ?? .null,
              "idempotency_key": "order-1",
            ])
        }
      }
      return try await group.reduce(into: [JSON]()) { $0.append($1) }
    }
    #expect(answers.allSatisfy { $0 == answers[0] })
    let deals = try await floor.generalSeller.client.call("deal.list")
    #expect(deals["items"]?.array?.count == 1)
    let other = try await floor.generalSeller.client.refusal(
      "deal.create",
      [
        "title": "Шкаф", "pipeline": floor.general["id"] ?? .null, "idempotency_key": "order-1",
      ])
    #expect(other?.kind == "conflict")
  }
}
