internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("S4: qualification, sales, production, delivery")
struct PipelineChainStoryTests {
  private static let codes = ["qualification", "sales", "production", "delivery", "nurturing"]

  /// The article's pipelines, in which nothing moves back and which cards leave by being won alone.
  private func floor() async throws -> (company: TestCompany, pipelines: [JSON]) {
    let company = try await TestInstallation.make().company()
    var pipelines: [JSON] = []
    for code in Self.codes {
      let made = try await company.owner.call(
        "pipeline.create", ["kind": "deal", "template": .string(code)])
      pipelines.append(
        try await company.owner.call(
          "pipeline.update",
          ["id": .integer(made.id), "no_back": "enforce", "cross_only_by_win": "enforce"]))
    }
    return (company, pipelines)
  }

  private func reason(_ company: TestCompany, _ kind: String) async throws -> JSON {
    let reasons = try await company.owner.call("reason.list", ["kind": .string(kind)])
    return try #require(reasons.items.first?["id"])
  }

  @Test("A request goes through four pipelines, out of each by being won, and never back")
  func chain() async throws {
    let (company, pipelines) = try await floor()
    let selling = ["view", "create", "edit", "move", "close"]
    let people = try await [
      company.member(
        "qualifier", .init(pipeline: pipelines[0].id, actions: selling, cards: "all"),
        .init(pipeline: pipelines[1].id, actions: ["create"])),
      company.member(
        "seller", .init(pipeline: pipelines[1].id, actions: selling, cards: "all"),
        .init(pipeline: pipelines[2].id, actions: ["create"])),
      company.member(
        "maker", .init(pipeline: pipelines[2].id, actions: selling, cards: "all"),
        .init(pipeline: pipelines[3].id, actions: ["create"])),
      company.member("driver", .init(pipeline: pipelines[3].id, actions: selling, cards: "all")),
    ]
    let win = try await reason(company, "win")
    var deal: JSON = .integer(
      try await people[0].client.call(
        "deal.create",
        [
          "pipeline": .integer(pipelines[0].id), "title": "Кухня",
          "contact": ["name": "Анна", "phone": "+7 916 123-45-67"],
          "amount": ["amount": "350000.00", "currency": "RUB"],
        ]
      ).id)
    var chain = [deal]
    for (index, person) in people.enumerated() {
      let pipeline = pipelines[index]
      let open = (pipeline["stages"]?.array ?? []).filter { $0["kind"] == "open" }
      #expect(open.contains { $0["key"] == true })
      let values: JSON =
        index == 3 ? ["shipping": "Самовывоз", "service_score": 9] : [:]
      for stage in open.dropFirst() {
        try await person.client.call(
          "deal.move", ["id": deal, "stage": stage["id"] ?? .null, "fields": values])
      }
      // Not back, not even by a stage.
      let back = try await person.client.refusal(
        "deal.move", ["id": deal, "stage": open[open.count - 2]["id"] ?? .null])
      #expect(back?.kind == "stage_rule" && back?["no_back"] == true)
      guard index + 1 < people.count else { continue }
      let next = pipelines[index + 1]
      // Not across, whoever asks; the seller does not even know of other stages there.
      let across = try await company.owner.refusal(
        "deal.move", ["id": deal, "stage": next["stages"]?[0]?["id"] ?? .null])
      #expect(across?.kind == "stage_rule" && across?["cross_only_by_win"] == true)
      let copied = try await person.client.call(
        "deal.copy",
        ["id": deal, "pipeline": .integer(next.id), "reason": win, "comment": "Дальше"])
      #expect(copied["from"]?["outcome"] == "won")
      let refusal = try await person.client.refusal(
        "deal.get", ["id": copied["deal"]?["id"] ?? .null])
      #expect(refusal?.kind == "not_found")
      deal = copied["deal"]?["id"] ?? .null
      chain.append(deal)
    }
    let done = try await people[3].client.call(
      "deal.win", ["id": deal, "reason": win, "comment": "Доставлено"])
    #expect(done["outcome"] == "won" && done["amount"]?["amount"] == "350000.00")
    for (index, card) in chain.enumerated() {
      let history = try await company.owner.call("deal.history", ["id": card])
      let base = index == 0 ? JSON?.none : chain[index - 1]
      #expect(history.items.first?["details"]?["based_on"] == base)
      let deal = index + 1 < chain.count ? chain[index + 1] : JSON?.none
      #expect(
        history.items.last?["change"] == "won" && history.items.last?["details"]?["deal"] == deal)
      let funnel = try await company.owner.call(
        "report.funnel", ["pipeline": .integer(pipelines[index].id)])
      #expect(funnel["totals"]?["won"] == 1 && funnel["shape"]?["verdict"] == "funnel")
    }
  }

  @Test("The marketer from outside sees the requests that did not qualify, and nothing else")
  func contractor() async throws {
    let (company, pipelines) = try await floor()
    let owner = company.owner
    let marketer = try await company.member(
      "marketer",
      .init(pipeline: pipelines[0].id, actions: ["view"], cards: "all", outcome: "lost"))
    var deals: [JSON] = []
    for title in ["Не тот", "Тот", "Новый"] {
      deals.append(
        .integer(
          try await owner.call(
            "deal.create",
            [
              "pipeline": .integer(pipelines[0].id), "title": .string(title),
              "contact": ["name": "Анна", "phone": "+7 916 123-45-67"],
            ]
          ).id))
    }
    let lost = try await owner.call(
      "deal.lose",
      [
        "id": deals[0], "reason": try await reason(company, "loss"),
        "comment": "Ищет кухню в аренду",
      ])
    let copied = try await owner.call(
      "deal.copy",
      [
        "id": deals[1], "pipeline": .integer(pipelines[1].id),
        "reason": try await reason(company, "win"), "comment": "Готов",
      ])
    // Lost in sales is none of the marketer's.
    try await owner.call(
      "deal.lose",
      [
        "id": copied["deal"]?["id"] ?? .null, "reason": try await reason(company, "loss"),
        "comment": "Дорого",
      ])
    let seen = try await marketer.client.call("deal.list")
    #expect(seen.items.map { $0["id"] } == [deals[0]])
    #expect(seen.items.first?["comment"] == lost["comment"])
    #expect(try await marketer.client.call("pipeline.list").ids == [pipelines[0].id])
    for deal in [deals[1], deals[2], copied["deal"]?["id"] ?? .null] {
      #expect(try await marketer.client.refusal("deal.get", ["id": deal])?.kind == "not_found")
    }
    #expect(
      try await marketer.client.refusal("deal.reopen", ["id": deals[0]])?.kind == "forbidden")
  }

  @Test(
    "The article's faults are found in a bad design, and in its own pipelines only what is meant")
  func lint() async throws {
    let (company, pipelines) = try await floor()
    for pipeline in pipelines {
      let answer = try await company.owner.call("pipeline.lint", ["id": .integer(pipeline.id)])
      // What more is to be filled in and who is responsible, each company knows for itself.
      let found = answer["findings"]?.array ?? []
      #expect(found.allSatisfy { $0["severity"] == "advice" }, "\(pipeline["name"] ?? .null)")
      let codes = Set(found.compactMap { $0["code"]?.string })
      #expect(codes.isSubset(of: ["no_required_fields", "no_responsible"]))
    }
    let bad = try await TestInstallation.make().company()
    // Nobody qualifies what comes in.
    try await bad.owner.call("settings.update", ["leads": false])
    let wrong = try await bad.pipeline(
      "Всё подряд",
      stages: [
        ["name": "Ждём оплату", "style": "process"], ["name": "Не дозвонился", "style": "process"],
        ["name": "Договор подписан", "style": "conversion"],
      ])
    let answer = try await bad.owner.call("pipeline.lint", ["id": .integer(wrong.id)])
    let codes = Set((answer["findings"]?.array ?? []).compactMap { $0["code"]?.string })
    #expect(
      codes.isSuperset(of: [
        "mixed_styles", "task_as_stage", "no_dwell_limit", "no_required_fields", "no_hint",
        "no_key_stage", "no_qualification", "no_nurturing", "back_allowed", "crossing_allowed",
      ]))
  }
}
