internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("The company's list of last-contact statuses")
struct ContactStatusListTests {
  private static let standard = [
    "Недозвон", "Перезвонить", "Получена обратная связь", "Думает", "Сомневается, есть вопросы",
    "Согласен", "Отказался", "Пропал",
  ]

  @Test("A company begins with the template's, and a pipeline brings those that are missing")
  func templates() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    #expect(try await owner.call("contact_status.list").texts("name") == Self.standard)
    let empty = try await TestInstallation.make().company()
    #expect(try await empty.owner.call("contact_status.list").items.isEmpty)
    try await empty.owner.call("contact_status.create", ["name": "думает"])
    let setUp = try await empty.owner.call(
      "settings.apply_template", ["template": "first_line_and_seniors", "dry_run": true])
    #expect(setUp["contact_statuses"] == 7)
    let made = try await empty.owner.call(
      "pipeline.create", ["kind": "deal", "name": "Мебель", "template": "universal"])
    #expect(made["added"]?["contact_statuses"]?.array?.count == 7)
    #expect(try await empty.owner.call("contact_status.list").items.count == 8)
    try await empty.owner.call(
      "settings.apply_template", ["template": "first_line_and_seniors"])
    #expect(try await empty.owner.call("contact_status.list").items.count == 8)
    let templates = try await empty.owner.call("pipeline.templates", ["language": "en"])
    let universal = templates.items.first { $0["code"] == "universal" }
    #expect(universal?["contact_statuses"]?[0] == ["name": "Missed call", "meaning": "missed"])
  }

  @Test("Admins keep the list, names are unique whatever their case, members read it")
  func keeping() async throws {
    let scene = try await ContactStatusScene.make()
    let made = try await scene.owner.call("contact_status.create", ["name": "Ждёт замера"])
    #expect(made["meaning"] == "other" && made["active"] == true && made["version"] == 1)
    for (method, params) in [
      ("contact_status.create", ["name": "ДУМАЕТ"]),
      ("contact_status.update", ["id": .integer(made.id), "name": "думает"]),
    ] as [(String, JSONObject)] {
      #expect(try await scene.owner.refusal(method, params)?.kind == "conflict", "\(method)")
    }
    let renamed = try await scene.owner.call(
      "contact_status.update",
      ["id": .integer(made.id), "name": "ЖДЁТ ЗАМЕРА", "meaning": "agreed", "if_version": 1])
    #expect(renamed["meaning"] == "agreed" && renamed["version"] == 2)
    let member = try await scene.company.member(
      "seller", .init(pipeline: scene.funnel.id, actions: ["view"]))
    let read = try await member.client.call("contact_status.list", ["meaning": "agreed"])
    #expect(read.texts("name") == ["Согласен", "ЖДЁТ ЗАМЕРА"])
    let outsider = try await scene.company.user("outsider")
    #expect(try await outsider.client.call("contact_status.list").items.isEmpty)
    for method in ["contact_status.update", "contact_status.delete"] {
      let refusal = try await member.client.refusal(method, ["id": .integer(made.id)])
      #expect(refusal?.kind == "forbidden", "\(method)")
    }
    #expect(
      try await member.client.refusal("contact_status.create", ["name": "X"])?.kind == "forbidden")
  }

  @Test("One of which cards tell is put away and stays with them; an unused one is gone")
  func deleting() async throws {
    let scene = try await ContactStatusScene.make()
    let thinking = try await scene.status("Думает")
    try await scene.owner.call("deal.update", ["id": scene.id, "last_contact": thinking])
    let tried = try await scene.owner.call(
      "contact_status.delete", ["id": thinking, "dry_run": true])
    #expect(tried["cards"] == 1 && tried["deactivated"] == false && tried["dry_run"] == true)
    let first = try await scene.owner.call("contact_status.delete", ["id": thinking])
    #expect(first["deleted"] == false && first["deactivated"] == true)
    #expect(try await scene.read()["last_contact"]?["status"] == thinking)
    #expect(try await !scene.owner.call("contact_status.list").texts("name").contains("Думает"))
    let other = try await scene.owner.call(
      "deal.create", ["pipeline": .integer(scene.funnel.id), "title": "Шкаф"])
    let refusal = try await scene.owner.refusal(
      "deal.update", ["id": .integer(other.id), "last_contact": thinking])
    #expect(refusal?.kind == "invalid" && refusal?.problemPaths == ["last_contact"])
    let missed = try await scene.status("Недозвон")
    let second = try await scene.owner.call("contact_status.delete", ["id": missed])
    #expect(second["deleted"] == true)
    #expect(
      try await scene.owner.refusal("deal.update", ["id": scene.id, "last_contact": missed])?.kind
        == "not_found")
    // Without one of its meaning a missed call leaves what was told.
    try await scene.owner.call("activity.missed_call", ["card": scene.id])
    #expect(try await scene.read()["last_contact"]?["status"] == thinking)
    let active = try await scene.owner.call(
      "contact_status.update", ["id": thinking, "active": true])
    #expect(active["active"] == true)
  }
}
