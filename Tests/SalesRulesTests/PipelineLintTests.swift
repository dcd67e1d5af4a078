internal import SalesRules
internal import Testing

/// What S4 finds wrong with a pipeline.
@Suite struct PipelineLintTests {
  private func stage(
    _ id: Int64, _ name: String, _ style: StageStyle = .conversion, isKey: Bool = false,
    isGood: Bool = true
  ) -> LintStage {
    LintStage(
      id: id, name: name, kind: .open, style: style, isKey: isKey, hasHint: isGood,
      hasRequired: isGood, hasDwellLimit: isGood)
  }

  /// A pipeline that is as S4 wants it.
  private func good(_ names: [String] = ["Заявка получена", "КП отправлено", "Договор подписан"])
    -> LintPipeline
  {
    LintPipeline(
      kind: .deal, name: "Продажи",
      stages: names.enumerated().map { stage(Int64($0 + 1), $1, isKey: $0 == 1) } + [
        LintStage(id: 90, name: "Оплата получена", kind: .won, style: .conversion),
        LintStage(id: 91, name: "Отказ", kind: .lost, style: .conversion),
      ],
      rules: PipelineRules(noBack: .enforce, noSkip: .warn, crossOnlyByWin: .enforce),
      company: LintCompany(names: ["Квалификация", "Утепление"], hasLeads: false))
  }

  private func codes(_ pipeline: LintPipeline, _ history: LintHistory? = nil) -> [LintCode] {
    PipelineLint(pipeline, history: history).findings.map(\.code)
  }

  @Test func `A pipeline as S4 wants it has no fault`() {
    #expect(codes(good()) == [])
    #expect(
      codes(
        good(),
        LintHistory(
          cards: 100,
          stages: [
            FunnelStageCount(stage: 1, entered: 100, reached: 100, lost: 30, open: 5),
            FunnelStageCount(stage: 2, entered: 65, reached: 65, lost: 25, open: 5),
            FunnelStageCount(stage: 3, entered: 35, reached: 35, lost: 5, open: 5),
          ], moves: [.init(from: 1, to: 2, count: 65), .init(from: 2, to: 3, count: 35)],
          filled: ["budget": 90])) == [])
  }

  @Test func `Each fault of the design is found by itself, with the stages that show it`() {
    var mixed = good()
    mixed.stages[2].style = .process
    let found = PipelineLint(mixed).findings
    #expect(found.map(\.code) == [.mixedStyles] && found[0].severity == .error)
    #expect(found[0].stages.map(\.stage) == [3] && found[0].count == 1 && found[0].outOf == 3)
    let changes: [(LintCode, (inout LintPipeline) -> Void)] = [
      (.noDwellLimit, { $0.stages[1].hasDwellLimit = false }),
      (.noRequiredFields, { $0.stages[1].hasRequired = false }),
      (.noHint, { $0.stages[0].hasHint = false }),
      (.noResponsible, { $0.stages[0].hasResponsible = false }),
      (.noKeyStage, { $0.stages[1].isKey = false }),
      (.backAllowed, { $0.rules.noBack = .off }),
      (.crossingAllowed, { $0.rules.crossOnlyByWin = .off }),
      (.noQualification, { $0.company?.names = ["Утепление"] }),
      (.noNurturing, { $0.company?.names = ["Квалификация"] }),
      (.tooManyFields, { $0.fieldCount = 21 }),
    ]
    for (code, change) in changes {
      var pipeline = good()
      change(&pipeline)
      #expect(codes(pipeline) == [code])
    }
    // Leads qualify too; and of what the asker may not know nothing is said.
    var leads = good()
    leads.company = LintCompany(names: ["Утепление"], hasLeads: true)
    #expect(codes(leads) == [])
    leads.company = nil
    #expect(codes(leads) == [])
  }

  @Test(
    arguments: [
      "Не дозвонился", "Недозвон", "Перезвонить", "Позвонить завтра", "Отправить КП", "Call back",
      "Missed call", "Send the quotation", "Не дозвонились (2)",
    ])
  func `A task is no stage`(_ name: String) {
    #expect(codes(good(["Заявка получена", name, "Договор подписан"])).contains(.taskAsStage))
  }

  @Test(arguments: PipelineTemplate.all.map(\.code), Language.allCases)
  func `No template has a task for a stage or a stage without limit and hint`(
    _ code: String, _ language: Language
  ) throws {
    let template = try #require(PipelineTemplate.named(code)).localized(language)
    let found = codes(
      LintPipeline(
        kind: template.kind, name: template.name,
        stages: template.stages.enumerated().map { index, stage in
          LintStage(
            id: Int64(index + 1), name: stage.name, kind: stage.kind, style: stage.style,
            isKey: stage.isKey, hasHint: !stage.hint.isEmpty,
            hasRequired: !stage.required.isEmpty, hasDwellLimit: stage.dwellLimit != nil)
        }, rules: template.rules))
    #expect(!found.contains(.taskAsStage) && !found.contains(.noDwellLimit))
    #expect(!found.contains(.noHint) && !found.contains(.noKeyStage))
    // S0's own funnel mixes states and facts; S4's do not.
    #expect(found.contains(.mixedStyles) == (code == "universal"))
  }

  @Test func `What cards did shows where they go back, grow, are passed by and pile up`() {
    let history = LintHistory(
      cards: 200,
      stages: [
        FunnelStageCount(stage: 1, entered: 100, reached: 200, lost: 5, open: 10),
        FunnelStageCount(stage: 2, entered: 20, reached: 150, lost: 31, open: 90),
        FunnelStageCount(stage: 3, entered: 80, reached: 80, lost: 3, open: 10),
      ],
      moves: [
        .init(from: 1, to: 2, count: 30), .init(from: 2, to: 1, count: 12, isBack: true),
        .init(from: 3, to: 1, count: 3, isBack: true), .init(from: 2, to: 3, count: 55),
      ], filled: ["budget": 150, "colour": 3])
    var pipeline = good()
    pipeline.fieldCount = 2
    pipeline.company = LintCompany(names: [], hasLeads: true)
    let found = PipelineLint(pipeline, history: history).findings
    let byCode = Dictionary(grouping: found, by: \.code).compactMapValues(\.first)
    #expect(byCode[.movesBack]?.count == 15 && byCode[.movesBack]?.outOf == 100)
    #expect(byCode[.movesBack]?.stages == [.init(stage: 1, count: 15, outOf: 100)])
    #expect(byCode[.grows]?.stages == [.init(stage: 3, count: 80, outOf: 20)])
    #expect(byCode[.skipped]?.stages.map(\.stage) == [2])
    #expect(byCode[.pilesUp]?.stages == [.init(stage: 2, count: 90, outOf: 110)])
    #expect(byCode[.noNurturing]?.stages == [.init(stage: 2, count: 31, outOf: 39)])
    #expect(byCode[.noNurturing]?.severity == .warning)
    #expect(byCode[.tooManyFields]?.fields == ["colour"] && byCode[.tooManyFields]?.count == 1)
    // Those that matter most come first.
    let order = LintSeverity.allCases
    let severities = found.map { order.firstIndex(of: $0.severity) ?? 9 }
    #expect(severities == severities.sorted())
    // One step back among many is a slip.
    let slip = LintHistory(
      cards: 200,
      moves: [.init(from: 1, to: 2, count: 100), .init(from: 2, to: 1, count: 1, isBack: true)])
    #expect(PipelineLint(good(), history: slip).findings.first?.severity == .advice)
    #expect(codes(good(), LintHistory(cards: 0)) == [])
    // Where the stages stood otherwise once, it is the steps of then that count, and the shape of now.
    let before = LintHistory(
      cards: 200, stages: history.stages, shape: [],
      moves: [.init(from: 2, to: 1, count: 100), .init(from: 1, to: 2, count: 3, isBack: true)])
    let told = PipelineLint(good(), history: before).findings
    #expect(told.map(\.code) == [.pilesUp, .movesBack])
    #expect(told.last?.count == 3 && told.last?.severity == .advice)
  }

  @Test func `Each fault has its reason and its remedy in both languages`() {
    for code in LintCode.allCases {
      for text in [code.reason, code.change] {
        let hasCyrillic = { (text: String) in
          text.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }
        }
        #expect(hasCyrillic(text.ru) && !hasCyrillic(text.en) && text.en.hasSuffix("."), "\(code)")
        #expect(text.ru.hasSuffix("."), "\(code)")
      }
    }
    #expect(Set(LintCode.allCases.map(\.reason)).count == LintCode.allCases.count)
  }
}
