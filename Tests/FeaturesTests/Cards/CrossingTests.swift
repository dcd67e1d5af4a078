internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

/// `deal.move` into a stage of another pipeline.
@Suite("Deals that go over to another pipeline")
struct CrossingTests {
  private struct Scene {
    let company: TestCompany
    let from: JSON
    let into: JSON
    var owner: TestClient { company.owner }

    static func make() async throws -> Scene {
      let company = try await TestInstallation.make().company()
      return Scene(
        company: company,
        from: try await company.pipeline(
          "Продажи", stages: [["name": "Новая"], ["name": "Вторая"]]),
        into: try await company.pipeline(
          "Услуги",
          stages: [
            ["name": "Новая"], ["name": "Смета", "required": ["amount"]], ["name": "Акт"],
            ["name": "Сделано", "kind": "won"],
          ]))
    }

    func rule(_ name: String, _ strength: String, of pipeline: JSON) async throws {
      try await owner.call(
        "pipeline.update", ["id": .integer(pipeline.id), name: .string(strength)])
    }

    func deal(_ members: JSONObject = [:]) async throws -> JSON {
      var params: JSONObject = ["title": "Кухня", "pipeline": .integer(from.id)]
      for member in members.members { params[member.name] = member.value }
      return .integer(try await owner.call("deal.create", params).id)
    }

    func stage(_ name: String) -> JSON { .integer(into.stage(name)) }

    func refuse(_ kind: String, _ id: JSON, _ stage: JSON) async throws -> RPCError? {
      let refusal = try await owner.refusal("deal.move", ["id": id, "stage": stage])
      #expect(refusal?.kind == kind)
      let entry = try await owner.call("card.can_enter", ["id": id, "stage": stage])
      #expect(entry["allowed"] == false && entry["refusal"]?["kind"] == .string(kind))
      return refusal
    }
  }

  @Test("The rule cross_only_by_win decides: off allows, warn tells, enforce refuses")
  func strengths() async throws {
    let scene = try await Scene.make()
    for strength in ["off", "warn", "enforce"] {
      try await scene.rule("cross_only_by_win", strength, of: scene.from)
      let id = try await scene.deal()
      guard strength != "enforce" else {
        let refusal = try await scene.refuse("stage_rule", id, scene.stage("Новая"))
        #expect(refusal?["cross_only_by_win"] == true)
        continue
      }
      let entry = try await scene.owner.call(
        "card.can_enter", ["id": id, "stage": scene.stage("Новая")])
      #expect(entry["allowed"] == true && entry["stage"] == scene.stage("Новая"))
      let moved = try await scene.owner.call(
        "deal.move", ["id": id, "stage": scene.stage("Новая")])
      #expect(moved["pipeline"] == .integer(scene.into.id))
      #expect(moved["stage"] == scene.stage("Новая") && moved["outcome"] == "open")
      #expect(
        (moved["warnings"]?.array ?? []).map { $0["kind"] }
          == (strength == "warn" ? ["cross_only_by_win"] : []))
      #expect(try await scene.owner.call("deal.get", ["id": id])["version"] == 2)
      let step = try await scene.owner.call("deal.history", ["id": id]).items.last
      #expect(step?["change"] == "moved")
      #expect(step?["details"]?["from_pipeline"] == .integer(scene.from.id))
      #expect(step?["details"]?["to_pipeline"] == .integer(scene.into.id))
      #expect(step?["details"]?["to"] == scene.stage("Новая"))
      let rows = try await scene.company.cardRows(try #require(id.int64))
      #expect(rows.stays.map(\.isOpen) == [false, true])
      #expect(rows.stays.last?.stage == scene.into.stage("Новая"))
    }
  }

  @Test(
    "It enters as a new deal does, and nothing comes into an archived pipeline or a closing stage")
  func enters() async throws {
    let scene = try await Scene.make()
    let id = try await scene.deal()
    #expect(
      try await scene.refuse("stage_rule", id, scene.stage("Акт"))?["missing"] == ["amount"])
    try await scene.rule("no_skip", "enforce", of: scene.into)
    #expect(
      try await scene.refuse("stage_rule", id, scene.stage("Акт"))?["no_skip"] == [
        scene.stage("Новая"), scene.stage("Смета"),
      ])
    #expect(
      try await scene.refuse("stage_rule", id, .integer(scene.into.stage("Сделано")))?[
        "wrong_stage_kind"] == "open")
    let leads = try await scene.owner.call("pipeline.list", ["kind": "lead"]).items[0]
    let lead = leads["stages"]?[0]?["id"] ?? .null
    #expect(try await scene.refuse("stage_rule", id, lead)?["wrong_pipeline"] == true)
    #expect(
      try await scene.owner.refusal("deal.move", ["id": id, "stage": 999_999])?.kind == "not_found")
    try await scene.owner.call("pipeline.archive", ["id": .integer(scene.into.id)])
    _ = try await scene.refuse("frozen", id, scene.stage("Новая"))
  }

  @Test("It takes `move` on the deal and `create` there; who sees it there no more is told its id")
  func rights() async throws {
    let scene = try await Scene.make()
    let seller = try await scene.company.member(
      "seller",
      .init(pipeline: scene.from.id, actions: ["view", "create", "edit", "move"], cards: "own"))
    let receiver = try await scene.company.member(
      "receiver", .init(pipeline: scene.into.id, actions: ["view"]))
    let deal = try await seller.client.call(
      "deal.create", ["title": "Кухня", "pipeline": .integer(scene.from.id)])
    let id = JSON.integer(deal.id)
    let move: JSONObject = ["id": id, "stage": scene.stage("Новая")]
    #expect(try await seller.client.refusal("deal.move", move)?.kind == "not_found")
    let grant: JSONObject = [
      "pipeline": .integer(scene.into.id), "to": ["user": .integer(seller.id)],
      "actions": ["view"], "cards": "all",
    ]
    try await scene.owner.call("grant.give", grant)
    let forbidden = try await seller.client.refusal("deal.move", move)
    #expect(forbidden?.kind == "forbidden" && forbidden?["needs"] == "create")
    var creating = grant
    creating["actions"] = ["create"]
    creating["cards"] = nil
    try await scene.owner.call("grant.give", creating)
    try await scene.owner.call(
      "pipeline.update",
      [
        "id": .integer(scene.into.id),
        "responsible_rule": ["way": "user", "user": .integer(receiver.id)],
      ])
    let moved = try await seller.client.call("deal.move", move)
    #expect(moved.object?.members.map(\.name) == ["id"])
    #expect(try await seller.client.refusal("deal.get", ["id": id])?.kind == "not_found")
    // The seller could not see it there: it went to whom the pipeline's rule chooses.
    let seen = try await receiver.client.call("deal.get", ["id": id])
    #expect(seen["responsible"] == .integer(receiver.id))
    // Who sees it now learns nothing of a pipeline that they do not know.
    let steps = try await receiver.client.call("deal.history", ["id": id]).items
    let hidden = (scene.from["stages"]?.array ?? []).map(\.id)
    for row in steps {
      for name in ["from", "to"] {
        #expect(!hidden.contains(row["details"]?[name]?.int64 ?? 0), "\(row)")
      }
    }
    // Control: the owner is told where it began.
    let whole = try await scene.owner.call("deal.history", ["id": id]).items
    #expect(hidden.contains(whole[0]["details"]?["to"]?.int64 ?? 0))
    let step = steps.last
    #expect(step?["details"]?["to_pipeline"] == .integer(scene.into.id))
    #expect(step?["details"]?["from_pipeline"] == nil && step?["details"]?["from"] == nil)
  }

  @Test("Why it went to somebody by a rule of the old pipeline is told to who knows that pipeline")
  func ledger() async throws {
    let scene = try await Scene.make()
    let seller = try await scene.company.member(
      "seller", .init(pipeline: scene.from.id, actions: ["view"], cards: "own"))
    let receiver = try await scene.company.member(
      "receiver", .init(pipeline: scene.into.id, actions: ["view", "edit"]))
    try await scene.owner.call(
      "stage.update",
      [
        "id": .integer(scene.from.stage("Новая")),
        "responsible_rule": ["way": "user", "user": .integer(seller.id)],
      ])
    let id = try await scene.deal()
    try await scene.owner.call("deal.move", ["id": id, "stage": scene.stage("Новая")])
    let told = try await receiver.client.call("deal.history", ["id": id]).items[0]["assignment"]
    #expect(told?["way"] == "rule" && told?["details"] == [:])
    let whole = try await scene.owner.call("deal.history", ["id": id]).items[0]["assignment"]
    #expect(whole?["details"]?["pipeline"] == .integer(scene.from.id))
  }

  @Test("Going out and in again leads around no_back: a deal goes on from where it stood")
  func outAndIn() async throws {
    let scene = try await Scene.make()
    try await scene.rule("no_back", "enforce", of: scene.from)
    let id = try await scene.deal()
    let second = JSON.integer(scene.from.stage("Вторая"))
    try await scene.owner.call("deal.move", ["id": id, "stage": second])
    try await scene.owner.call("deal.move", ["id": id, "stage": scene.stage("Новая")])
    let refusal = try await scene.refuse(
      "stage_rule", id, .integer(scene.from.stage("Новая")))
    #expect(refusal?["no_back"] == true)
    let back = try await scene.owner.call("deal.move", ["id": id, "stage": second])
    #expect(back["stage"] == second)
  }

  @Test("A lead's conversion asked for again gives the same deal, also after that went over")
  func convertedBefore() async throws {
    let scene = try await Scene.make()
    let lead = try await scene.owner.call("lead.create", ["title": "Заявка"])
    let convert: JSONObject = ["id": .integer(lead.id), "pipeline": .integer(scene.from.id)]
    let made = try await scene.owner.call("lead.convert", convert)
    try await scene.owner.call(
      "deal.move", ["id": made["deal"]?["id"] ?? .null, "stage": scene.stage("Новая")])
    let again = try await scene.owner.call("lead.convert", convert)
    #expect(again["deal"]?["id"] == made["deal"]?["id"])
    var other = convert
    other["pipeline"] = .integer(scene.into.id)
    #expect(try await scene.owner.refusal("lead.convert", other)?["already_closed"] == "won")
  }

  @Test(
    "The stage's rule chooses who is responsible; whoever sees the deal there stays it without one")
  func responsible() async throws {
    let scene = try await Scene.make()
    let right = TestCompany.Right(pipeline: scene.into.id, actions: ["view"], cards: "own")
    let first = try await scene.company.member(
      "first", right, .init(pipeline: scene.from.id, actions: ["view"], cards: "own"))
    let second = try await scene.company.member("second", right)
    let stays = try await scene.deal(["responsible": .integer(first.id)])
    let moved = try await scene.owner.call(
      "deal.move", ["id": stays, "stage": scene.stage("Новая")])
    #expect(moved["responsible"] == .integer(first.id))
    try await scene.owner.call(
      "stage.update",
      [
        "id": scene.stage("Новая"),
        "responsible_rule": ["way": "user", "user": .integer(second.id)],
      ])
    let goes = try await scene.deal(["responsible": .integer(first.id)])
    let given = try await scene.owner.call(
      "deal.move", ["id": goes, "stage": scene.stage("Новая")])
    #expect(given["responsible"] == .integer(second.id))
  }

  @Test("Values of fields that the other pipeline has not stay with the deal, and words find it")
  func values() async throws {
    let scene = try await Scene.make()
    try await scene.owner.call(
      "field.create",
      [
        "for": "deal", "key": "need", "name": "Нужно", "type": "text", "searchable": true,
        "pipelines": [.integer(scene.from.id)],
      ])
    let id = try await scene.deal(["fields": ["need": "Монтаж"]])
    let moved = try await scene.owner.call(
      "deal.move", ["id": id, "stage": scene.stage("Новая"), "fields": ["need": "Доставка"]])
    #expect(moved["fields"]?["need"] == "Доставка")
    #expect(try await scene.owner.found("доставка") == [id.int64])
  }

  @Test("The funnel counts it where it is, and each report stays whole")
  func funnel() async throws {
    let scene = try await Scene.make()
    let stays = try await scene.deal()
    let goes = try await scene.deal()
    try await scene.owner.call(
      "deal.move", ["id": goes, "stage": .integer(scene.from.stage("Вторая"))])
    try await scene.owner.call("deal.move", ["id": goes, "stage": scene.stage("Новая")])
    _ = stays
    for (pipeline, entered) in [(scene.from, [1, 0]), (scene.into, [1, 0, 0])] {
      let report = try await scene.owner.call(
        "report.funnel", ["pipeline": .integer(pipeline.id)])
      #expect(report["totals"]?["created"] == 1 && report["totals"]?["open"] == 1)
      #expect(report["stages"]?.array?.map { $0["entered"]?.int64 } == entered.map { Int64($0) })
      #expect(report["stages"]?[0]?["open_here"] == 1)
    }
  }

  @Test("Who saw it is told that it is gone and not where; who sees it now, that it has come")
  func events() async throws {
    let scene = try await EventScene.make()
    let other = try await EventScene.make(in: scene.company, "Мебель")
    let before = try await scene.company.member(
      "before", .init(pipeline: scene.pipeline.id, actions: ["view"]))
    let after = try await scene.company.member(
      "after", .init(pipeline: other.pipeline.id, actions: ["view"]))
    let deal = try await scene.deal()
    for client in [before.client, after.client] { try await scene.subscribe(client) }
    try await scene.move(deal, to: other.first)
    let gone = try await before.client.told.next()
    #expect(gone["name"] == "deal.gone" && gone.id == deal)
    #expect(gone["pipeline"] == .integer(scene.pipeline.id) && gone["stage"] == nil)
    #expect(gone["from"]?["stage"] == .integer(scene.first))
    let come = try await after.client.told.next()
    #expect(come["name"] == "deal.move" && come["stage"] == .integer(other.first))
    #expect(come["pipeline"] == .integer(other.pipeline.id) && come["from"] == nil)
  }

  @Test("No filter tells where a deal went that left one's sight, or where one came from")
  func filters() async throws {
    let scene = try await EventScene.make()
    let other = try await EventScene.make(in: scene.company, "Мебель")
    // Each works in one of the two, and knows the other by a right that shows nothing.
    let before = try await scene.company.member(
      "before", .init(pipeline: scene.pipeline.id, actions: ["view"]),
      .init(pipeline: other.pipeline.id, actions: ["create"]))
    let after = try await scene.company.member(
      "after", .init(pipeline: other.pipeline.id, actions: ["view"]),
      .init(pipeline: scene.pipeline.id, actions: ["create"]))
    let control = try await scene.company.member(
      "control", .init(pipeline: scene.pipeline.id, actions: ["view"]))
    let deal = try await scene.deal()
    try await scene.subscribe(before.client, ["pipelines": [.integer(other.pipeline.id)]])
    try await scene.subscribe(after.client, ["pipelines": [.integer(scene.pipeline.id)]])
    try await scene.subscribe(control.client, ["pipelines": [.integer(scene.pipeline.id)]])
    try await scene.move(deal, to: other.first)
    for pipeline in [scene.pipeline, other.pipeline] {
      try await scene.owner.call(
        "pipeline.update", ["id": .integer(pipeline.id), "name": .string("\(pipeline.id)")])
    }
    // What both know comes first: of the deal they were told nothing.
    #expect(try await before.client.told.next()["name"] == "pipeline.update")
    #expect(try await after.client.told.next()["name"] == "pipeline.update")
    #expect(try await control.client.told.next()["name"] == "deal.gone")
  }
}
