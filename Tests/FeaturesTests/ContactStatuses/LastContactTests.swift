internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("What a card tells of the last contact")
struct LastContactTests {
  @Test("It is given by an update, told wherever the card is, filtered by, and taken away by null")
  func update() async throws {
    let scene = try await ContactStatusScene.make()
    let (thinking, agreed) = (try await scene.status("Думает"), try await scene.status("Согласен"))
    #expect(scene.deal["last_contact"] == .some(.null))
    let told: JSON = ["status": thinking, "at": scene.time()]
    let changed = try await scene.owner.call(
      "deal.update", ["id": scene.id, "last_contact": thinking])
    #expect(changed["last_contact"] == told && changed["version"] == 2)
    #expect(try await scene.read().withoutClocks == changed)
    let board = try await scene.owner.call("deal.board", ["pipeline": .integer(scene.funnel.id)])
    #expect(board["stages"]?[0]?["cards"]?[0]?["last_contact"] == told)
    let found = try await scene.owner.call("card.search", ["query": "Кухня"])
    #expect(found.items.first?["card"] == changed)
    // The same status told again is no other contact.
    scene.company.installation.clock.advance(seconds: 60)
    let same = try await scene.owner.call(
      "deal.update", ["id": scene.id, "last_contact": thinking])
    #expect(same == changed)
    try await scene.owner.call(
      "deal.create", ["pipeline": .integer(scene.funnel.id), "title": "Шкаф"])
    for (status, ids) in [(thinking, [scene.deal.id]), (agreed, [])] {
      let list = try await scene.owner.call("deal.list", ["last_contact": status])
      #expect(list.ids == ids)
    }
    #expect(try await scene.owner.call("deal.list").items.last == changed)
    let filtered = try await scene.owner.call(
      "deal.list",
      ["last_contact": thinking, "fields": ["presentation_at": ["from": "2020-01-01T00:00:00Z"]]])
    #expect(filtered.items.isEmpty)
    #expect(
      try await scene.owner.refusal("deal.list", ["last_contact": 900])?.kind == "not_found")
    let cleared = try await scene.owner.call(
      "deal.update", ["id": scene.id, "last_contact": .null])
    #expect(cleared["last_contact"] == .some(.null))
    let details = try await scene.history().map { $0["details"] ?? .null }
    #expect(details[1] == ["last_contact": thinking, "last_contact_before": .null])
    #expect(details[2] == ["last_contact": .null, "last_contact_before": thinking])
  }

  @Test("A lead has it from its first moment, and it goes along when the lead becomes a deal")
  func conversion() async throws {
    let scene = try await ContactStatusScene.make()
    let answered = try await scene.status("Получена обратная связь")
    let lead = try await scene.owner.call(
      "lead.create", ["title": "Заявка", "last_contact": answered])
    #expect(lead["last_contact"] == ["status": answered, "at": scene.time()])
    #expect(try await scene.owner.call("lead.list", ["last_contact": answered]).ids == [lead.id])
    let history = try await scene.owner.call("lead.history", ["id": .integer(lead.id)])
    #expect(history.items[0]["details"]?["last_contact"] == answered)
    scene.company.installation.clock.advance(seconds: 60)
    let made = try await scene.owner.call(
      "lead.convert", ["id": .integer(lead.id), "pipeline": .integer(scene.funnel.id)])
    #expect(made["deal"]?["last_contact"] == lead["last_contact"])
    let read = try await scene.owner.call("deal.get", ["id": made["deal"]?["id"] ?? .null])
    #expect(read.withoutClocks == made["deal"])
  }

  @Test("Whoever does something says how the contact ended; the card changes by it")
  func activities() async throws {
    let scene = try await ContactStatusScene.make()
    let (thinking, missed, back) = (
      try await scene.status("Думает"), try await scene.status("Недозвон"),
      try await scene.status("Перезвонить")
    )
    func told() async throws -> JSON? { try await scene.read()["last_contact"]?["status"] }
    let first = try await scene.owner.call("activity.missed_call", ["card": scene.id])
    #expect(try await told() == missed)
    #expect(try await scene.read()["stage"] == scene.deal["stage"])
    // However it is called: the button finds it by what it means.
    try await scene.owner.call("contact_status.update", ["id": back, "name": "Позже"])
    try await scene.owner.call(
      "activity.call_back", ["card": scene.id, "at": scene.time(3600)])
    #expect(try await told() == back)
    try await scene.owner.call("activity.missed_call", ["card": scene.id, "last_contact": .null])
    #expect(try await told() == back)
    scene.company.installation.clock.advance(seconds: 60)
    let version = try await scene.read()["version"]?.int64 ?? 0
    let next = try await scene.read()["next_activity"]?["id"] ?? .null
    try await scene.owner.call("activity.complete", ["id": next, "last_contact": thinking])
    let after = try await scene.read()
    #expect(after["last_contact"] == ["status": thinking, "at": scene.time()])
    #expect(after["version"] == .integer(version + 1))
    // What came in before that says nothing newer.
    try await scene.owner.call(
      "activity.record_incoming",
      ["card": scene.id, "type": "call", "at": scene.time(-30), "last_contact": missed])
    #expect(try await scene.read()["last_contact"] == after["last_contact"])
    try await scene.owner.call(
      "activity.record_incoming", ["card": scene.id, "type": "call", "last_contact": back])
    #expect(try await told() == back)
    let history = try await scene.history()
    #expect(history.compactMap { $0["version"]?.int64 } == Array(1...Int64(history.count)))
    let details = history.compactMap { $0["details"] }.dropFirst()
    #expect(details.map { $0["last_contact"] } == [missed, back, thinking, back])
    #expect(details.map { $0["last_contact_before"] } == [.null, missed, back, thinking])
    #expect(details.first?["activity"] == first["id"])
  }

  @Test("Without a status an activity leaves the card at its version")
  func withoutStatus() async throws {
    let scene = try await ContactStatusScene.make()
    let call = try await scene.owner.call(
      "activity.plan", ["card": scene.id, "type": "call", "due_at": scene.time(60)])
    try await scene.owner.call("activity.complete", ["id": .integer(call.id)])
    #expect(try await scene.read()["version"] == 1)
    #expect(try await scene.history().count == 1)
  }

  @Test("Of eight who end contacts on one card at once all are told, one after another")
  func together() async throws {
    let scene = try await ContactStatusScene.make()
    let thinking = try await scene.status("Думает")
    var calls: [JSON] = []
    for _ in 0..<8 {
      let call = try await scene.owner.call(
        "activity.plan", ["card": scene.id, "type": "call", "due_at": scene.time(60)])
      calls.append(call["id"] ?? .null)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for call in calls {
        group.addTask {
          try await scene.owner.call("activity.complete", ["id": call, "last_contact": thinking])
        }
      }
      try await group.waitForAll()
    }
    let history = try await scene.history()
    #expect(history.count == 9)
    #expect(
      Set(history.dropFirst().compactMap { $0["details"]?["activity"]?.int64 })
        == Set(calls.compactMap(\.int64)))
    #expect(
      history.dropFirst(2).allSatisfy { $0["details"]?["last_contact_before"] == thinking })
  }

  @Test("A stage may demand it, and it is given with the move")
  func required() async throws {
    let scene = try await ContactStatusScene.make()
    let thinking = try await scene.status("Думает")
    try await scene.owner.call(
      "stage.update", ["id": scene.stage("Думает"), "required": ["last_contact"]])
    let move: JSONObject = ["id": scene.id, "stage": scene.stage("Думает")]
    let refusal = try await scene.owner.refusal("deal.move", move)
    #expect(refusal?["missing"] == ["last_contact"])
    var with = move
    with["last_contact"] = thinking
    #expect(try await scene.owner.call("card.can_enter", move)["allowed"] == false)
    #expect(try await scene.owner.call("card.can_enter", with)["allowed"] == true)
    let moved = try await scene.owner.call("deal.move", with)
    #expect(moved["last_contact"]?["status"] == thinking)
    #expect(try await scene.read().withoutClocks == moved)
    #expect(try await scene.history().last?["details"]?["last_contact"] == thinking)
  }

  @Test("Who only looks changes nothing of it; who may not edit a card tells it by what they do")
  func rights() async throws {
    let scene = try await ContactStatusScene.make()
    let thinking = try await scene.status("Думает")
    let looker = try await scene.company.member(
      "looker", .init(pipeline: scene.funnel.id, actions: ["view"]))
    let mover = try await scene.company.member(
      "mover", .init(pipeline: scene.funnel.id, actions: ["view", "move"]))
    for client in [looker.client, mover.client] {
      let refusal = try await client.refusal(
        "deal.update", ["id": scene.id, "last_contact": thinking])
      #expect(refusal?.kind == "forbidden")
    }
    let incoming: JSONObject = ["card": scene.id, "type": "call", "last_contact": thinking]
    #expect(
      try await looker.client.refusal("activity.record_incoming", incoming)?.kind == "forbidden")
    try await mover.client.call("activity.record_incoming", incoming)
    #expect(try await scene.read()["last_contact"]?["status"] == thinking)
  }

  @Test("An export tells it by name")
  func export() async throws {
    let scene = try await ContactStatusScene.make()
    try await scene.owner.call(
      "deal.update", ["id": scene.id, "last_contact": try await scene.status("Думает")])
    let begun = try await scene.owner.call("export.begin", ["what": "deals"])
    let columns = (begun["columns"]?.array ?? []).compactMap(\.string)
    let page = try await scene.owner.call("export.read", ["id": begun["id"] ?? .null])
    let row = try #require(page["items"]?[0]?.array)
    let values = Dictionary(uniqueKeysWithValues: zip(columns, row))
    #expect(values["last_contact"] == "Думает" && values["last_contact_at"] == scene.time())
  }
}
