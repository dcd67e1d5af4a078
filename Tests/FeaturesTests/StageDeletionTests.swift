internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Deleting stages")
struct StageDeletionTests {
  private func pipeline(_ company: TestCompany) async throws -> JSON {
    try await company.pipeline(
      "Услуги",
      stages: [
        ["name": "A"], ["name": "B"], ["name": "Отказ", "kind": "lost"],
        ["name": "Пропал", "kind": "lost"],
      ])
  }

  @Test("The cards of a deleted stage go where it is said, with their stays and histories")
  func cardsMove() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await pipeline(company)
    let (stage, target) = (pipeline.stage("A"), pipeline.stage("B"))
    var cards: [Int64] = []
    for _ in 1...3 { cards.append(try await company.card(in: stage)) }
    let other = try await company.card(in: target)
    let id: JSONObject = ["id": .integer(stage)]
    let refusal = try await company.owner.refusal("stage.delete", id)
    #expect(refusal?.kind == "conflict")
    #expect(refusal?["cards"] == 3)
    var parameters = id
    parameters["move_cards_to"] = .integer(target)
    parameters["dry_run"] = true
    let preview = try await company.owner.call("stage.delete", parameters)
    #expect(preview["moved"] == 3)
    #expect(preview["deleted"] == false)
    #expect(try await company.cardRows(cards[0]).stage == stage)
    parameters["dry_run"] = nil
    let answer = try await company.owner.call("stage.delete", parameters)
    #expect(answer["deleted"] == true)
    #expect(answer["moved"] == 3)
    for card in cards {
      let rows = try await company.cardRows(card)
      #expect(rows.stage == target)
      #expect(rows.version == 2)
      #expect(rows.stays.map(\.stage) == [stage, target])
      #expect(rows.stays.map(\.isOpen) == [false, true])
      #expect(rows.history.count == 2)
      #expect(rows.history[1].hasPrefix("2 moved "))
      #expect(rows.history[1].contains(#""stage_deleted": "A""#))
      #expect(rows.history[1].contains(#""stayed_s": 86400"#))
    }
    #expect(try await company.cardRows(other).version == 1)
    let stages = try await company.owner.call("stage.list", ["pipeline": .integer(pipeline.id)])
    #expect(stages.texts("name") == ["B", "Выиграна", "Отказ", "Пропал"])
    #expect(stages.items.map { $0["position"] } == [1, 2, 3, 4])
  }

  @Test("What rules and required fields say of the way is told beforehand and in the answer")
  func warnings() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline(
      "Строгая",
      stages: [
        ["name": "A"], ["name": "B", "required": ["amount"]],
        ["name": "C", "required": ["amount", "contact"]],
      ])
    try await company.owner.call(
      "pipeline.update",
      ["id": .integer(pipeline.id), "no_back": "enforce", "no_skip": "enforce"])
    for stage in ["A", "B"] { _ = try await company.card(in: pipeline.stage(stage)) }
    func delete(_ stage: String, _ target: String, dryRun: Bool) async throws -> [JSON] {
      let answer = try await company.owner.call(
        "stage.delete",
        [
          "id": .integer(pipeline.stage(stage)), "dry_run": .bool(dryRun),
          "move_cards_to": .integer(pipeline.stage(target)),
        ])
      return answer["warnings"]?.array ?? []
    }
    let ahead = try await delete("A", "C", dryRun: true)
    #expect(Set(ahead.compactMap { $0["kind"]?.string }) == ["no_skip", "missing"])
    #expect(ahead.first { $0["kind"] == "missing" }?["detail"] == ["amount", "contact"])
    #expect(try await delete("B", "A", dryRun: true).map { $0["kind"] } == ["no_back"])
    #expect(try await delete("C", "A", dryRun: true) == [])
    // What the stage that goes away demanded its cards have.
    let next = try await delete("B", "C", dryRun: false)
    #expect(next.map { $0["kind"] } == ["missing"] && next[0]["detail"] == ["contact"])
  }

  @Test("Histories, reports and further steps go on across a deleted stage")
  func afterwards() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await pipeline(company)
    let deal = try await company.owner.call(
      "deal.create", ["pipeline": .integer(pipeline.id), "title": "Кухня"])
    let id = JSON.integer(deal.id)
    company.installation.clock.advance(seconds: 60)
    try await company.owner.call("deal.move", ["id": id, "stage": .integer(pipeline.stage("B"))])
    try await company.owner.call(
      "stage.delete",
      ["id": .integer(pipeline.stage("B")), "move_cards_to": .integer(pipeline.stage("A"))])
    let history = try await company.owner.call("deal.history", ["id": id])
    #expect(history.texts("change") == ["created", "moved", "moved"])
    #expect(history.items[2]["details"]?["stage_deleted"] == "B")
    #expect(history.items[2]["details"]?["to"] == .integer(pipeline.stage("A")))
    let funnel = try await company.owner.call("report.funnel", ["pipeline": .integer(pipeline.id)])
    #expect(funnel["totals"]?["created"] == 1)
    let lost = try await company.owner.call("deal.lose", ["id": id, "comment": "Дорого"])
    #expect(lost["stage"] == .integer(pipeline.stage("Отказ")))
    let reopened = try await company.owner.call("deal.reopen", ["id": id])
    #expect(reopened["stage"] == .integer(pipeline.stage("A")))
  }

  @Test("Lost cards go to another lost stage; cards never change kind by it")
  func kinds() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await pipeline(company)
    let card = try await company.card(in: pipeline.stage("Отказ"))
    let delete: JSONObject = ["id": .integer(pipeline.stage("Отказ"))]
    for name in ["A", "Выиграна", "Отказ"] {
      var parameters = delete
      parameters["move_cards_to"] = .integer(pipeline.stage(name))
      #expect(try await company.owner.refusal("stage.delete", parameters)?.kind == "invalid")
    }
    let leads = try await company.owner.call("pipeline.list", ["kind": "lead"]).items[0]
    var parameters = delete
    parameters["move_cards_to"] = leads["stages"]?[0]?["id"]
    #expect(try await company.owner.refusal("stage.delete", parameters)?.kind == "not_found")
    parameters["move_cards_to"] = .integer(pipeline.stage("Пропал"))
    try await company.owner.call("stage.delete", parameters)
    #expect(try await company.cardRows(card).stage == pipeline.stage("Пропал"))
  }

  @Test("The last open, won and lost stages stay")
  func lastOfKind() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    for stage in try #require(pipeline["stages"]?.array) {
      let refusal = try await company.owner.refusal("stage.delete", ["id": .integer(stage.id)])
      #expect(refusal?.kind == "invalid")
    }
  }

  @Test("A member moves a stage's cards only with view and move on all of them")
  func memberRights() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await pipeline(company)
    let stage = pipeline.stage("A")
    let parameters: JSONObject = [
      "id": .integer(stage), "move_cards_to": .integer(pipeline.stage("B")),
    ]
    let own = try await company.member(
      "own", .init(pipeline: pipeline.id, actions: ["configure", "view", "move"], cards: "own"))
    let card = try await company.card(in: stage)
    let mine = try await company.card(in: stage, responsible: own.id)
    let refusal = try await own.client.refusal("stage.delete", parameters)
    #expect(refusal?.kind == "forbidden")
    #expect(refusal?["needs"] == "view")
    let viewer = try await company.member(
      "view", .init(pipeline: pipeline.id, actions: ["configure", "view"]))
    #expect(try await viewer.client.refusal("stage.delete", parameters)?["needs"] == "move")
    // Cards that are not seen hold their stage all the same.
    let designer = try await company.member(
      "design", .init(pipeline: pipeline.id, actions: ["configure"]))
    let held = try await designer.client.refusal("stage.delete", ["id": .integer(stage)])
    #expect(held?.kind == "conflict")
    #expect(held?["cards"] == nil)
    #expect(try await company.cardRows(card).stage == stage)
    let all = try await company.member(
      "all", .init(pipeline: pipeline.id, actions: ["configure", "view", "move"]))
    #expect(try await all.client.call("stage.delete", parameters)["moved"] == 2)
    for card in [card, mine] {
      #expect(try await company.cardRows(card).stage == pipeline.stage("B"))
      #expect(try await company.cardRows(card).stays.count == 2)
    }
  }

  @Test("A card that enters while its stage is being deleted is moved too", arguments: 1...5)
  func race(round: Int) async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await pipeline(company)
    let (stage, target) = (pipeline.stage("A"), pipeline.stage("B"))
    for _ in 1...3 { try await company.card(in: stage) }
    let deletion: JSONObject = ["id": .integer(stage), "move_cards_to": .integer(target)]
    let owner = company.owner
    let entered = try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await owner.call("stage.delete", deletion) }
      var entered = 0
      for _ in 1...10 {
        // Once the stage has gone nothing enters any more: the row is not written.
        let rows = try? await company.write(
          CompanyRows.insertCard(
            .integer(company.id), .integer(stage), .null, .null, .null, .null, "{}"))
        entered += rows?.count ?? 0
      }
      try await group.waitForAll()
      return entered
    }
    let count = try await company.write(CompanyRows.countCards(.integer(company.id)))[0]
    #expect(try count.integer(0) == Int64(3 + entered))
    for card in 1...(3 + entered) {
      #expect(try await company.cardRows(Int64(card)).stage == target)
    }
  }
}
