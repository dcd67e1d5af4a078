internal import SalesRules
internal import Testing

/// The ready pipelines and companies, in both languages.
@Suite struct TemplateTests {
  private static let codes = PipelineTemplate.all.map(\.code)

  @Test func `Every template of the mission is there, under a code of its own`() {
    #expect(
      Set(PipelineTemplate.all.map(\.code)) == [
        "universal", "sales", "qualification", "telemarketing", "production", "delivery",
        "complaints",
        "nurturing", "regular_customers", "refusals", "prospects", "on_hold", "leads", "first_line",
      ])
    #expect(PipelineTemplate.all.count == 14)
    #expect(PipelineTemplate.all.allSatisfy { PipelineTemplate.named($0.code) == $0 })
    #expect(PipelineTemplate.named("nothing") == nil && TenantTemplate.named("none") != nil)
  }

  @Test(arguments: codes)
  func `A template has unique stages, one good end and at least one bad one`(
    _ code: String
  ) throws {
    let template = try #require(PipelineTemplate.named(code))
    #expect(Set(template.stages.map(\.code)).count == template.stages.count)
    #expect(template.stages.count { $0.kind == .won } == 1)
    #expect(
      template.stages.contains { $0.kind == .lost } && template.stages.contains { $0.kind == .open }
    )
    // Open stages first, then the good end, then the bad ones.
    let order = template.stages.map { [StageKind.open, .won, .lost].firstIndex(of: $0.kind) ?? 9 }
    #expect(order == order.sorted())
    #expect(template.stages.count { $0.reopensHere } <= 1)
    for stage in template.stages {
      #expect((stage.dwellLimit == nil) == (stage.kind != .open), "\(stage.code)")
      #expect(stage.dwellLimit?.isZero != true)
      #expect(stage.transfersTo == nil || template.kind == .lead)
      #expect(FieldKey.problem(in: stage.code) == nil)
      // Nothing is demanded that the template does not bring.
      let own = Set(template.fields.map(\.key))
      #expect(stage.required.allSatisfy { $0.isKnown(among: own) }, "\(stage.code)")
    }
    for field in template.fields {
      #expect(FieldKey.problem(inCustom: field.key) == nil)
      #expect(field.choices.isEmpty == !(field.type == .choice || field.type == .multiChoice))
    }
  }

  @Test(arguments: codes, Language.allCases)
  func `In each language all is said, and no stage twice`(
    _ code: String, _ language: Language
  ) throws {
    let template = try #require(PipelineTemplate.named(code))
    let pipeline = template.localized(language)
    #expect(Set(pipeline.stages.map(\.name)).count == pipeline.stages.count)
    // Whatever a company begins with, it can say why cards are won, lost or invalid, and how the last contact ended.
    #expect(Set(pipeline.reasons.map(\.kind)) == Set(ReasonKind.allCases))
    #expect(!pipeline.contactStatuses.isEmpty)
    #expect(Set(pipeline.reasons.map { "\($0.kind) \($0.name)" }).count == pipeline.reasons.count)
    let texts =
      [pipeline.name, pipeline.purpose] + pipeline.stages.flatMap { [$0.name, $0.hint] }
      + pipeline.fields.flatMap { [$0.name] + $0.choices } + pipeline.reasons.map(\.name)
    for text in texts {
      #expect(!text.isEmpty)
      let hasCyrillic = text.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }
      #expect(hasCyrillic == (language == .ru), "\(text)")
    }
  }

  @Test func `The universal funnel is S0's, in its order and words`() throws {
    let universal = try #require(PipelineTemplate.named("universal")).localized(.ru)
    #expect(
      universal.stages.map(\.name) == [
        "Новая", "Нет контакта", "Думает", "Презентация проведена",
        "Проведена повторная презентация",
        "Закрытие", "Успешная сделка", "Отказ", "Пропал",
      ])
    #expect(
      universal.stages.map(\.kind) == [
        .open, .open, .open, .open, .open, .open, .won, .lost, .lost,
      ])
    // A lost deal comes back straight to "thinking", and the presentation has its date.
    #expect(universal.stages.filter(\.reopensHere).map(\.name) == ["Думает"])
    #expect(
      universal.fields.map(\.name) == ["Дата презентации"] && universal.fields[0].type == .datetime)
    #expect(universal.source == "S0" && universal.kind == .deal)
    let invalid = universal.reasons.filter { $0.kind == .invalid }.map(\.name)
    #expect(invalid == ["Неверный номер", "Дубль", "Ненастоящий клиент", "Тест"])
    #expect(Set(universal.reasons.map(\.kind)) == Set(ReasonKind.allCases))
  }

  @Test func `A list without an end gets the one of its kind of card`() {
    for card in CardKind.allCases {
      #expect(PipelineTemplate.closingStage(.open, of: card) == nil)
      #expect(PipelineTemplate.closingStage(.won, of: card)?.kind == .won)
      #expect(PipelineTemplate.closingStage(.lost, of: card)?.kind == .lost)
    }
    #expect(PipelineTemplate.closingStage(.won, of: .lead)?.code == "converted")
  }

  @Test(arguments: TenantTemplate.all.map(\.code))
  func `A company template holds together`(_ code: String) throws {
    let template = try #require(TenantTemplate.named(code))
    let directions = Set(template.directions.map(\.code))
    let teams = Set(template.teams.map(\.code))
    #expect(
      template.leads.kind == .lead && template.directions.allSatisfy { $0.pipeline.kind == .deal })
    #expect(directions.count == template.directions.count && teams.count == template.teams.count)
    #expect(template.leads.stages.compactMap(\.transfersTo).allSatisfy(directions.contains))
    for grant in template.grants {
      #expect(teams.contains(grant.team))
      #expect(grant.direction.map(directions.contains) ?? true)
    }
  }

  @Test func `The first line sees leads and nothing else, each senior team its own direction`()
    throws
  {
    let template = try #require(TenantTemplate.named("first_line_and_seniors"))
    let pipelines = ["leads"] + template.directions.map(\.code)
    let teams = template.teams.enumerated().map {
      Team(id: Int64($0.offset), members: [Int64($0.offset)])
    }
    let grants = template.grants.enumerated().map { number, grant in
      Grant(
        id: Int64(number),
        pipeline: Int64(pipelines.firstIndex(of: grant.direction ?? "leads") ?? 99),
        recipient: .team(Int64(template.teams.firstIndex { $0.code == grant.team } ?? 99)),
        actions: grant.actions, cards: grant.cards, outcome: grant.outcome)
    }
    func sees(_ person: Int64) -> [Bool] {
      let rights = Rights(person: Person(id: person, role: .member), grants: grants, teams: teams)
      return pipelines.indices.map { pipeline in
        rights.allows(
          .view,
          on: RightsCard(pipeline: Int64(pipeline), stage: 1, responsible: nil, outcome: .open))
      }
    }
    #expect(template.teams.map(\.kind) == [.firstLine, .senior, .senior])
    #expect(
      sees(0) == [true, false, false] && sees(1) == [false, true, false]
        && sees(2) == [false, false, true])
    let first = Rights(person: Person(id: 0, role: .member), grants: grants, teams: teams)
    let lead = RightsCard(pipeline: 0, stage: 1, responsible: nil, outcome: .open)
    #expect(first.allowsHandover(of: lead, to: 1) && first.allowsHandover(of: lead, to: 2))
  }
}
