internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("S0: the universal funnel")
struct UniversalFunnelStoryTests {
  /// A company that works by the article: a manager with deals of their own, a colleague, somebody who looks.
  private struct Shop {
    let scene: ContactStatusScene
    let manager: (id: Int64, client: TestClient)
    let colleague: (id: Int64, client: TestClient)
    let looker: (id: Int64, client: TestClient)
    let outsider: (id: Int64, client: TestClient)

    static func make() async throws -> Shop {
      let scene = try await ContactStatusScene.make()
      let selling = ["view", "create", "edit", "move", "close"]
      let own = TestCompany.Right(pipeline: scene.funnel.id, actions: selling, cards: "own")
      return Shop(
        scene: scene, manager: try await scene.company.member("manager", own),
        colleague: try await scene.company.member("colleague", own),
        looker: try await scene.company.member(
          "looker", .init(pipeline: scene.funnel.id, actions: ["view"])),
        outsider: try await scene.company.user("outsider"))
    }

    /// A request of a client's, as the manager's deal.
    func request(_ title: String) async throws -> JSON {
      let deal = try await manager.client.call(
        "deal.create",
        [
          "pipeline": .integer(scene.funnel.id), "title": .string(title), "source": "site form",
          "contact": ["name": "Пётр", "phone": "+7 916 123-45-67"],
        ])
      #expect(deal["stage"] == scene.stage("Новая"))
      #expect(deal["responsible"] == .integer(manager.id))
      return deal["id"] ?? .null
    }

    /// Who sees the deal, and who finds nothing.
    func expectSight(of deal: JSON) async throws {
      for client in [manager.client, looker.client, scene.owner] {
        #expect(try await client.call("deal.get", ["id": deal])["id"] == deal)
      }
      for client in [colleague.client, outsider.client] {
        #expect(try await client.refusal("deal.get", ["id": deal])?.kind == "not_found")
      }
      // Who looks sees what the contact came to, and does nothing.
      let refusal = try await looker.client.refusal("activity.missed_call", ["card": deal])
      #expect(refusal?.kind == "forbidden")
    }

    /// The manager comes back after days; sessions have ended.
    func manager(after days: Int64) async throws -> TestClient {
      scene.company.installation.clock.advance(seconds: days * 86_400)
      return try await scene.company.installation.login("mebel", "manager@mebel.example")
    }
  }

  @Test("From the request over thinking and presentations to the sale: what is done, told and seen")
  func sale() async throws {
    let shop = try await Shop.make()
    let (scene, manager) = (shop.scene, shop.manager.client)
    let deal = try await shop.request("Кухня")
    func read() async throws -> JSON { try await manager.call("deal.get", ["id": deal]) }
    func move(_ stage: String, _ more: JSONObject = [:]) async throws {
      var params = more
      params["id"] = deal
      params["stage"] = scene.stage(stage)
      let moved = try await manager.call("deal.move", params)
      #expect(moved["stage"] == scene.stage(stage))
      try await shop.expectSight(of: deal)
    }
    try await shop.expectSight(of: deal)
    // Nobody answers: the next call is planned by the button, and the manager sets "no contact".
    try await manager.call("activity.missed_call", ["card": deal])
    #expect(try await read()["stage"] == scene.stage("Новая"))
    #expect(
      try await read()["last_contact"]?["status"] == (try await scene.status("Недозвон")))
    try await move("Нет контакта")
    scene.company.installation.clock.advance(seconds: 7200)
    // The client cannot talk now: called back later, and the deal stays where it is.
    try await manager.call("activity.call_back", ["card": deal, "at": scene.time(3600)])
    #expect(try await read()["stage"] == scene.stage("Нет контакта"))
    scene.company.installation.clock.advance(seconds: 3600)
    // They talk: result, status, the next step, and on to "thinking".
    let call = try await read()["next_activity"]?["id"] ?? .null
    try await manager.call(
      "activity.complete",
      [
        "id": call, "outcome": "Хочет подумать",
        "last_contact": try await scene.status("Получена обратная связь"),
        "next": ["type": "meeting", "due_at": scene.time(86_400), "subject": "Презентация"],
      ])
    try await manager.call("note.add", ["card": deal, "text": "Нужна презентация"])
    try await move(
      "Думает", ["fields": ["presentation_at": scene.time(86_400)]])
    // In "thinking" a missed call moves nothing.
    try await manager.call("activity.missed_call", ["card": deal])
    #expect(try await read()["stage"] == scene.stage("Думает"))
    scene.company.installation.clock.advance(seconds: 86_400)
    let list = try await manager.call("activity.list", ["card": deal, "state": "planned"])
    let meeting = try #require(list.items.first { $0["type"] == "meeting" }?["id"])
    try await manager.call(
      "activity.complete",
      ["id": meeting, "last_contact": try await scene.status("Сомневается, есть вопросы")])
    for stage in ["Презентация проведена", "Проведена повторная презентация", "Закрытие"] {
      try await move(stage)
    }
    // Won only with the answer why the client bought.
    let refusal = try await manager.refusal("deal.win", ["id": deal])
    #expect(refusal?["reason_required"] == "win")
    let won = try await manager.call(
      "deal.win",
      [
        "id": deal, "reason": try await scene.reason("win"), "comment": "Оплатил",
        "last_contact": try await scene.status("Согласен"),
      ])
    #expect(won["outcome"] == "won" && won["stage"] == scene.stage("Успешная сделка"))
    #expect(try await manager.refusal("deal.reopen", ["id": deal])?["won_is_final"] == true)
    try await shop.expectSight(of: deal)
    try await expectHistoryOfSale(deal, shop)
  }

  private func expectHistoryOfSale(_ deal: JSON, _ shop: Shop) async throws {
    let history = try await shop.looker.client.call("deal.history", ["id": deal]).items
    #expect(
      history.compactMap { $0["change"]?.string } == [
        "created", "updated", "moved", "updated", "updated", "moved", "updated", "updated",
        "moved", "moved", "moved", "won",
      ])
    var told: [String] = []
    for entry in history {
      guard let status = entry["details"]?["last_contact"] else { continue }
      let list = try await shop.looker.client.call("contact_status.list")
      told.append(list.items.first { $0["id"] == status }?["name"]?.string ?? "")
    }
    #expect(
      told == [
        "Недозвон", "Перезвонить", "Получена обратная связь", "Недозвон",
        "Сомневается, есть вопросы", "Согласен",
      ])
    #expect(history.allSatisfy { $0["user"] == .integer(shop.manager.id) })
    let stages = history.compactMap { $0["details"]?["to"] }
    #expect(
      stages
        == [
          "Новая", "Нет контакта", "Думает", "Презентация проведена",
          "Проведена повторная презентация", "Закрытие", "Успешная сделка",
        ].map(shop.scene.stage))
  }

  @Test(
    "Who refused is taken up again in \"thinking\" for thirty days, and is made anew after that")
  func refusal() async throws {
    let shop = try await Shop.make()
    let scene = shop.scene
    let deal = try await shop.request("Шкаф")
    let loss = try await scene.reason("loss")
    let (thinking, gone) = (try await scene.status("Думает"), try await scene.status("Отказался"))
    // Refusing demands the reason and the comment, both told at once.
    let bare = try await shop.manager.client.refusal("deal.lose", ["id": deal])
    #expect(bare?["reason_required"] == "loss" && bare?["comment_required"] == true)
    let closing: JSONObject = [
      "id": deal, "reason": loss, "comment": "Дорого", "last_contact": gone,
    ]
    let lost = try await shop.manager.client.call("deal.lose", closing)
    #expect(lost["stage"] == scene.stage("Отказ") && lost["last_contact"]?["status"] == gone)
    try await shop.expectSight(of: deal)
    // Twenty-nine days later the client is interested again: straight into "thinking".
    let again = try await shop.manager(after: 29)
    let reopened = try await again.call("deal.reopen", ["id": deal, "last_contact": thinking])
    #expect(reopened["outcome"] == "open" && reopened["stage"] == scene.stage("Думает"))
    #expect(reopened["last_contact"] == ["status": thinking, "at": scene.time()])
    #expect(try await again.call("deal.get", ["id": deal]).withoutClocks == reopened)
    try await again.call("deal.lose", closing)
    // A month and more: it is too late, and a new deal is made on the base of the old.
    let late = try await shop.manager(after: 30)
    let refusal = try await late.refusal("deal.reopen", ["id": deal])
    #expect(refusal?["reopen_window_passed"] != nil)
    var copy: JSONObject = ["id": deal, "pipeline": .integer(scene.funnel.id)]
    let demanded = try await late.refusal("deal.copy", copy)
    #expect(demanded?["last_contact_required"] == true)
    copy["last_contact"] = thinking
    let made = try await late.call("deal.copy", copy)
    let renewed = try #require(made["deal"]?["id"])
    #expect(made["deal"]?["stage"] == scene.stage("Думает") && made["deal"]?["based_on"] == deal)
    #expect(made["deal"]?["last_contact"] == ["status": thinking, "at": scene.time()])
    #expect(made["deal"]?["contact"] == lost["contact"] && made["from"]?["outcome"] == "lost")
    // A missed call leaves it there, and its history begins with where it comes from.
    try await late.call("activity.missed_call", ["card": renewed])
    #expect(try await late.call("deal.get", ["id": renewed])["stage"] == scene.stage("Думает"))
    let old = try await late.call("deal.history", ["id": deal])
    #expect(old.texts("change") == ["created", "lost", "reopened", "lost", "copied"])
    #expect(old.items[4]["details"]?["deal"] == renewed)
    let new = try await late.call("deal.history", ["id": renewed])
    #expect(new.texts("change") == ["created", "updated"])
    #expect(new.items[0]["details"]?["based_on"] == deal)
    #expect(new.items[0]["details"]?["last_contact"] == thinking)
  }

  @Test("Who is no client is declared invalid for a reason, without a word more")
  func invalid() async throws {
    let shop = try await Shop.make()
    let deal = try await shop.request("Тест")
    let manager = shop.manager.client
    let refusal = try await manager.refusal("deal.invalidate", ["id": deal])
    #expect(refusal?["reason_required"] == "invalid")
    let ended = try await manager.call(
      "deal.invalidate", ["id": deal, "reason": try await shop.scene.reason("invalid")])
    #expect(ended["outcome"] == "lost")
  }
}
