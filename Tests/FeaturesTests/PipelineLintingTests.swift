internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Faults of pipelines")
struct PipelineLintingTests {
  private func finding(_ answer: JSON, _ code: String) -> JSON? {
    answer["findings"]?.array?.first { $0["code"]?.string == code }
  }

  @Test("S4's wrong pipeline is told its faults in the company's language, with what shows them")
  func wrongPipeline() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    // As leads, requests would be qualified.
    try await owner.call("settings.update", ["leads": false])
    let pipeline = try await company.pipeline(
      "Продажи",
      stages: [
        ["name": "Клиент запросил КП", "style": "conversion"],
        ["name": "КП отправлено", "style": "conversion", "dwell_limit": "P7D"],
        ["name": "Перезвонить", "style": "process"],
        ["name": "Клиент запросил договор", "style": "conversion"],
      ])
    let id: JSON = .integer(pipeline.id)
    let design = try await owner.call("pipeline.lint", ["id": id])
    #expect(design["cards"] == 0)
    for code in [
      "mixed_styles", "task_as_stage", "no_dwell_limit", "no_required_fields", "no_hint",
      "no_key_stage", "back_allowed", "crossing_allowed", "no_qualification", "no_nurturing",
    ] {
      #expect(finding(design, code) != nil, "\(code)")
    }
    let task = try #require(finding(design, "task_as_stage"))
    #expect(task["severity"] == "error" && task["source"] == "S4" && task["history"] == false)
    #expect(
      task["stages"] == [["stage": .integer(pipeline.stage("Перезвонить")), "name": "Перезвонить"]])
    #expect(task["count"] == 1 && task["out_of"] == 4 && task["share"]?.double == 0.25)
    #expect(task["reason"]?.string?.contains("этап") == true)
    #expect(finding(design, "no_dwell_limit")?["count"] == 3)
    let english = try await owner.call("pipeline.lint", ["id": id, "language": "en"])
    #expect(finding(english, "task_as_stage")?["reason"]?.string?.contains("stage") == true)
    // A deal goes back for a new quotation: that is what S4 warns of.
    let deal = try await owner.call("deal.create", ["title": "Кухня", "pipeline": id])
    for name in ["КП отправлено", "Клиент запросил КП", "КП отправлено"] {
      try await owner.call(
        "deal.move", ["id": .integer(deal.id), "stage": .integer(pipeline.stage(name))])
    }
    let history = try await owner.call("pipeline.lint", ["id": id])
    let back = try #require(finding(history, "moves_back"))
    #expect(back["severity"] == "error" && back["history"] == true)
    #expect(back["count"] == 1 && back["out_of"] == 3)
    #expect(back["stages"]?[0]?["name"] == "Клиент запросил КП")
    let before = try await owner.call("pipeline.lint", ["id": id, "to": "2020-01-01"])
    #expect(before["cards"] == 0 && finding(before, "moves_back") == nil)
    #expect(
      try await owner.refusal(
        "pipeline.lint", ["id": id, "from": "2020-02-01", "to": "2020-01-01"])?.kind == "invalid")
  }

  @Test("Steps are judged by the order of the stages when they were made, not by today's")
  func orderOfThen() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline(
      "Продажи", stages: [["name": "А"], ["name": "Б"], ["name": "В"]])
    let id: JSON = .integer(pipeline.id)
    func create(_ count: Int) async throws -> [JSON] {
      var deals: [JSON] = []
      for _ in 0..<count {
        let deal = try await owner.call("deal.create", ["title": "Кухня", "pipeline": id])
        deals.append(.integer(deal.id))
      }
      return deals
    }
    func move(_ deal: JSON, _ stage: String) async throws {
      company.installation.clock.advance(seconds: 1)
      try await owner.call("deal.move", ["id": deal, "stage": .integer(pipeline.stage(stage))])
    }
    let deals = try await create(40)
    for deal in deals[..<5] { try await move(deal, "Б") }
    let stages = ["Б", "А", "В", "Выиграна", "Проиграна"].map { JSON.integer(pipeline.stage($0)) }
    company.installation.clock.advance(seconds: 1)
    try await owner.call(
      "stage.reorder", ["pipeline": id, "stages": .array(stages), "with_cards": true])
    let swapped = try await owner.call("pipeline.lint", ["id": id])
    #expect(swapped["cards"] == 40)
    // Forty were in the stage that is the second now, five in the first: that was no colander.
    for code in ["moves_back", "grows", "skipped"] {
      #expect(finding(swapped, code) == nil, "\(code)")
    }
    // By today's order this is back, and by the order of then it would have been forward.
    try await move(deals[5], "Б")
    let back = try #require(
      finding(try await owner.call("pipeline.lint", ["id": id]), "moves_back"))
    #expect(back["count"] == 1 && back["out_of"] == 6)
    #expect(back["stages"]?[0]?["stage"] == .integer(pipeline.stage("Б")))
    // Reopening a lost card is no step back, and what begins in today's order shows its shape.
    let reason = try await owner.call("reason.create", ["kind": "loss", "name": "Дорого"])
    try await owner.call(
      "deal.lose", ["id": deals[6], "reason": .integer(reason.id), "comment": "Дорого"])
    try await owner.call(
      "deal.reopen", ["id": deals[6], "stage": .integer(pipeline.stage("Б"))])
    let reopened = try await owner.call("pipeline.lint", ["id": id])
    #expect(finding(reopened, "moves_back")?["count"] == 1)
    for deal in try await create(40) { try await move(deal, "В") }
    let skipped = try await owner.call("pipeline.lint", ["id": id])
    #expect(finding(skipped, "skipped")?["stages"]?[0]?["name"] == "А")
  }

  @Test("Fields of other pipelines alone burden a pipeline with nothing")
  func fieldsOfOthers() async throws {
    let company = try await TestInstallation.make().company(limits: ["custom_fields": 100])
    let owner = company.owner
    let first = try await company.pipeline("П1", stages: [["name": "A"]])
    let second = try await company.pipeline("П2", stages: [["name": "A"]])
    try await owner.call(
      "field.create", ["for": "deal", "key": "size", "name": "Размер", "type": "text"])
    for number in 1...21 {
      try await owner.call(
        "field.create",
        [
          "for": "deal", "key": .string("of_second_\(number)"),
          "name": .string("Поле \(number)"), "type": "text",
          "pipelines": [.integer(second.id)],
        ])
    }
    for _ in 0..<30 {
      for pipeline in [first, second] {
        try await owner.call(
          "deal.create",
          [
            "title": "Кухня", "pipeline": .integer(pipeline.id), "fields": ["size": "3 м"],
          ])
      }
    }
    let ofFirst = try await owner.call("pipeline.lint", ["id": .integer(first.id)])
    #expect(ofFirst["cards"] == 30 && finding(ofFirst, "too_many_fields") == nil)
    let ofSecond = try await owner.call("pipeline.lint", ["id": .integer(second.id)])
    let told = try #require(finding(ofSecond, "too_many_fields"))
    #expect(told["count"] == 21 && told["out_of"] == 22 && told["severity"] == "warning")
    #expect(told["fields"]?.array?.contains("size") == false)
  }

  @Test(
    "Leads qualify by their pipeline, before the first one comes, and where they are switched on")
  func qualification() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    try await owner.call("settings.apply_template", ["template": "first_line_and_seniors"])
    let deals = try await owner.call("pipeline.list").items.filter { $0["kind"] == "deal" }
    for isOn in [true, false] {
      try await owner.call("settings.update", ["leads": .bool(isOn)])
      for pipeline in deals {
        let answer = try await owner.call("pipeline.lint", ["id": pipeline["id"] ?? .null])
        #expect((finding(answer, "no_qualification") == nil) == isOn)
      }
    }
  }

  @Test(
    "A stage for which nobody is made responsible is told, unless the pipeline's rule covers it")
  func responsible() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let user = JSON.integer(floor.first.id)
    let rule: JSON = ["way": "user", "user": user]
    let pipeline = try await floor.company.pipeline(
      "Мебель", stages: [["name": "A", "responsible_rule": rule], ["name": "B"]])
    let id: JSONObject = ["id": .integer(pipeline.id)]
    let told = try #require(finding(try await owner.call("pipeline.lint", id), "no_responsible"))
    #expect(told["severity"] == "advice" && told["count"] == 1 && told["out_of"] == 2)
    #expect(told["stages"]?[0]?["name"] == "B")
    try await owner.call(
      "pipeline.update", ["id": .integer(pipeline.id), "responsible_rule": rule])
    #expect(finding(try await owner.call("pipeline.lint", id), "no_responsible") == nil)
    // A lead is gone from a stage that transfers at once.
    let leads = try await owner.call("pipeline.lint", ["id": .integer(floor.leads.id)])
    let stages = finding(leads, "no_responsible")?["stages"]?.array ?? []
    #expect(!stages.contains { $0["name"]?.string?.hasPrefix("Передать") == true })
  }

  @Test("Who does not know the company around a pipeline is told of the pipeline alone")
  func sight() async throws {
    let company = try await TestInstallation.make().company()
    try await company.owner.call("settings.update", ["leads": false])
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"], ["name": "B"]])
    _ = try await company.pipeline("Утепление", stages: [["name": "A"]])
    let id: JSON = .integer(pipeline.id)
    let boris = try await company.member("boris", .init(pipeline: pipeline.id, actions: ["view"]))
    let seen = try await boris.client.call("pipeline.lint", ["id": id])
    #expect(finding(seen, "no_hint") != nil && finding(seen, "no_qualification") == nil)
    let whole = try await company.owner.call("pipeline.lint", ["id": id])
    #expect(finding(whole, "no_qualification") != nil && finding(whole, "no_nurturing") == nil)
    let maker = try await company.member("maker", .init(pipeline: pipeline.id, actions: ["create"]))
    #expect(try await maker.client.refusal("pipeline.lint", ["id": id])?["needs"] == "view")
    let nobody = try await company.user("nobody")
    #expect(try await nobody.client.refusal("pipeline.lint", ["id": id])?.kind == "not_found")
    // Whoever sees their own cards alone is told what those did.
    let own = try await company.user("own")
    try await company.owner.call(
      "grant.give",
      [
        "pipeline": id, "to": ["user": .integer(own.id)], "actions": ["view", "create"],
        "cards": "own",
      ])
    try await own.client.call("deal.create", ["title": "Моя", "pipeline": id])
    try await company.owner.call("deal.create", ["title": "Чужая", "pipeline": id])
    #expect(try await own.client.call("pipeline.lint", ["id": id])["cards"] == 1)
    #expect(try await company.owner.call("pipeline.lint", ["id": id])["cards"] == 2)
  }
}
