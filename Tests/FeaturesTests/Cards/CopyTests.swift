internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Copying deals to other pipelines")
struct CopyTests {
  private func deal(_ floor: SalesFloor, _ more: JSONObject = [:]) async throws -> JSON {
    var parameters: JSONObject = [
      "title": "Кухня", "pipeline": .integer(floor.general.id), "source": "site",
      "amount": ["amount": "250000.00", "currency": "RUB"],
      "contact": ["name": "Пётр", "phone": "+7 916 123-45-67"],
    ]
    for member in more.members { parameters[member.name] = member.value }
    return try await floor.generalSeller.client.call("deal.create", parameters)
  }

  /// The right to hand over into the other direction, which the general seller does not see.
  private func allowHandover(_ floor: SalesFloor) async throws {
    try await floor.company.owner.call(
      "grant.give",
      [
        "pipeline": .integer(floor.services.id), "to": ["user": .integer(floor.generalSeller.id)],
        "actions": ["create"],
      ])
  }

  @Test("An open deal is won here and goes on there with all it has, and both tell of it")
  func winsAndGoesOn() async throws {
    let floor = try await SalesFloor.make()
    try await allowHandover(floor)
    let owner = floor.company.owner
    try await owner.call(
      "field.create", ["for": "deal", "key": "budget", "name": "Бюджет", "type": "number"])
    let deal = try await deal(floor, ["fields": ["budget": 5]])
    let id: JSON = .integer(deal.id)
    try await owner.call("note.add", ["card": id, "text": "Хочет до Нового года"])
    let reason = try await floor.reason("win")
    let answer = try await floor.generalSeller.client.call(
      "deal.copy",
      [
        "id": id, "pipeline": .integer(floor.services.id), "reason": reason, "comment": "Монтаж",
      ])
    #expect(answer["from"]?["outcome"] == "won" && answer["from"]?["reason"] == reason)
    // The seller does not see the other direction: only the new deal's number comes back.
    let made = try #require(answer["deal"]?["id"])
    #expect(answer["deal"] == ["id": made])
    let seen = try await floor.servicesSeller.client.call("deal.get", ["id": made])
    for member in ["title", "amount", "contact", "company", "source", "fields", "repeat"] {
      #expect(seen[member] == deal[member], "\(member)")
    }
    #expect(seen["based_on"] == id && seen["outcome"] == "open")
    // Whoever works in that direction has it, by the rule of the pipeline.
    #expect(seen["responsible"] == .integer(floor.servicesSeller.id))
    #expect(seen["stage"] == floor.stage(0, of: floor.services))
    let notes = try await floor.servicesSeller.client.call("note.list", ["card": made])
    #expect(notes.texts("text") == ["Хочет до Нового года"])
    let history = try await owner.call("deal.history", ["id": id])
    #expect(history.texts("change") == ["created", "won"])
    #expect(history.items[1]["details"]?["deal"] == made)
    let copied = try await owner.call("deal.history", ["id": made])
    #expect(copied.items[0]["details"]?["based_on"] == id)
    #expect(
      try await floor.generalSeller.client.refusal("deal.get", ["id": made])?.kind == "not_found")
  }

  @Test("All that stands in the way here and there is told at once, rights first")
  func everythingAtOnce() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let target = try await floor.company.pipeline(
      "Монтаж", stages: [["name": "A", "required": ["company"]]])
    let deal = try await owner.call(
      "deal.create", ["title": "Кухня", "pipeline": .integer(floor.general.id)])
    let request: JSONObject = ["id": .integer(deal.id), "pipeline": .integer(target.id)]
    let refusal = try await owner.refusal("deal.copy", request)
    #expect(refusal?.kind == "stage_rule" && refusal?["reason_required"] == "win")
    #expect(refusal?["missing"] == ["amount", "contact|company", "company"])
    // Who may neither close here nor create there is told both rights, and the rest besides.
    let viewer = try await floor.company.member(
      "viewer", .init(pipeline: floor.general.id, actions: ["view"]),
      .init(pipeline: target.id, actions: ["view"]))
    let denied = try await viewer.client.refusal("deal.copy", request)
    #expect(denied?.kind == "forbidden" && denied?["needs"] == "close")
    #expect(denied?["needs_all"] == ["close", "create"])
    #expect(denied?["reason_required"] == "win")
    #expect(denied?["missing"] == ["amount", "contact|company"])
    // What they gave is not looked at before that.
    var wrong = request
    wrong["fields"] = ["nothing": 1]
    #expect(try await viewer.client.refusal("deal.copy", wrong)?.kind == "forbidden")
    let stranger = try await floor.servicesSeller.client.refusal("deal.copy", request)
    #expect(stranger?.kind == "not_found")
    #expect(try await owner.call("deal.get", ["id": .integer(deal.id)]).withoutClocks == deal)
  }

  @Test("Eight copies at once make one deal; the same key gives the same one")
  func once() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let deal = try await deal(floor)
    let request: JSONObject = [
      "id": .integer(deal.id), "pipeline": .integer(floor.services.id),
      "reason": try await floor.reason("win"),
    ]
    let outcomes = try await withThrowingTaskGroup(of: RPCError?.self) { group in
      for _ in 0..<8 {
        group.addTask { try await owner.refusal("deal.copy", request) }
      }
      return try await group.reduce(into: [RPCError?]()) { $0.append($1) }
    }
    #expect(outcomes.count { $0 == nil } == 1)
    #expect(outcomes.count { $0?["already_copied"] == true } == 7)
    let copies = try await owner.call("deal.list", ["pipeline": .integer(floor.services.id)])
    #expect(copies.items.count == 1)
    // Once that one has ended, the deal may be a base again, as often as the key is a new one.
    try await owner.call(
      "deal.lose",
      [
        "id": .integer(copies.items[0].id), "reason": try await floor.reason("loss"),
        "comment": "Передумал",
      ])
    var keyed = request
    keyed["idempotency_key"] = "again"
    let again = try await owner.call("deal.copy", keyed)
    #expect(try await owner.call("deal.copy", keyed) == again)
    #expect(again["deal"]?["based_on"] == .integer(deal.id))
    #expect(try await owner.call("deal.list", ["responsible": 1]).items.count == 2)
  }

  @Test("A deal that has ended stays as it ended, and a new one begins on its base")
  func renewal() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let deal = try await deal(floor)
    let id: JSON = .integer(deal.id)
    let thinking = floor.stage(1, of: floor.general)
    try await owner.call("stage.update", ["id": thinking, "reopens_here": true])
    let lost = try await owner.call(
      "deal.lose", ["id": id, "reason": try await floor.reason("loss"), "comment": "Дорого"])
    floor.company.installation.clock.advance(seconds: 31 * 86_400)
    let returned = try await floor.company.installation.login("mebel", "owner@mebel.example")
    #expect(try await returned.refusal("deal.reopen", ["id": id])?["reopen_window_passed"] != nil)
    let statuses = try await returned.call("contact_status.list")
    let answer = try await returned.call(
      "deal.copy",
      [
        "id": id, "pipeline": .integer(floor.general.id),
        "last_contact": try #require(statuses.items.first?["id"]),
      ])
    for member in ["outcome", "stage", "reason", "comment", "closed_at"] {
      #expect(answer["from"]?[member] == lost[member], "\(member)")
    }
    #expect(answer["from"]?["version"] == 3)
    #expect(answer["deal"]?["based_on"] == id && answer["deal"]?["outcome"] == "open")
    #expect(answer["deal"]?["pipeline"] == .integer(floor.general.id))
    // Named or not, it goes on where the pipeline reopens (S0).
    #expect(answer["deal"]?["stage"] == thinking)
    let history = try await returned.call("deal.history", ["id": id])
    #expect(history.texts("change") == ["created", "lost", "copied"])
    #expect(history.items[2]["details"] == ["deal": answer["deal"]?["id"] ?? .null])
  }

  @Test(
    "In its own pipeline an open deal is moved, one lost of late reopened, and a won one made anew")
  func atHome() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    try await owner.call(
      "pipeline.update", ["id": .integer(floor.general.id), "no_back": "enforce"])
    let id = JSON.integer(try await deal(floor).id)
    try await owner.call("deal.move", ["id": id, "stage": floor.stage(2, of: floor.general)])
    var copy: JSONObject = [
      "id": id, "pipeline": .integer(floor.general.id), "reason": try await floor.reason("win"),
    ]
    let open = try await owner.refusal("deal.copy", copy)
    #expect(open?.kind == "stage_rule" && open?["own_pipeline"] == true)
    #expect(open?.message.contains("deal.move") == true)
    var asked = copy
    asked["step"] = "copy"
    #expect(
      try await owner.call("card.can_enter", asked)["refusal"]?["own_pipeline"] == true)
    copy["reason"] = nil
    try await owner.call(
      "deal.lose", ["id": id, "reason": try await floor.reason("loss"), "comment": "Дорого"])
    let lost = try await owner.refusal("deal.copy", copy)
    #expect(lost?.kind == "stage_rule" && lost?["reopen_instead"]?.string?.isEmpty == false)
    #expect(lost?.message.contains("deal.reopen") == true)
    #expect(try await owner.call("deal.reopen", ["id": id])["outcome"] == "open")
    #expect(try await owner.call("deal.list").items.count == 1)
    // A regular customer's: bought, and at once begun anew.
    try await owner.call("deal.win", ["id": id, "reason": try await floor.reason("win")])
    let again = try await owner.call("deal.copy", copy)
    #expect(again["deal"]?["based_on"] == id && again["from"]?["outcome"] == "won")
    #expect(again["deal"]?["stage"] == floor.stage(0, of: floor.general))
  }

  @Test("Fields filled in with the step count here and there; another version is a conflict")
  func fieldsAndVersion() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    try await owner.call(
      "field.create", ["for": "deal", "key": "budget", "name": "Бюджет", "type": "number"])
    let pipelines = [
      try await floor.company.pipeline(
        "A", stages: [["name": "1"], ["name": "2", "required": ["budget"]]]),
      try await floor.company.pipeline("B", stages: [["name": "1", "required": ["budget"]]]),
    ]
    let deal = try await owner.call(
      "deal.create", ["title": "Кухня", "pipeline": .integer(pipelines[0].id)])
    var request: JSONObject = [
      "id": .integer(deal.id), "pipeline": .integer(pipelines[1].id),
      "reason": try await floor.reason("win"), "if_version": 7,
    ]
    #expect(try await owner.refusal("deal.copy", request)?["version"] == 1)
    request["if_version"] = 1
    #expect(try await owner.refusal("deal.copy", request)?["missing"] == ["budget"])
    request["fields"] = ["budget": 5]
    let answer = try await owner.call("deal.copy", request)
    #expect(answer["from"]?["fields"] == ["budget": 5])
    #expect(answer["deal"]?["fields"] == ["budget": 5])
  }
}
