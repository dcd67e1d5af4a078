/// A ready pipeline, in Russian and English, as one of the articles tells of it.
public struct PipelineTemplate: Hashable, Sendable {
  /// Its name for programs.
  public let code: String
  /// Whether it is one for leads or for deals.
  public let kind: CardKind
  /// Its name.
  public let name: LocalizedText
  /// What it is for.
  public let purpose: LocalizedText
  /// The article it comes from: S0 to S4.
  public let source: String
  /// How cards go through it.
  public let rules: PipelineRules
  /// Its stages in their order: open ones, one won, one or more lost.
  public let stages: [StageTemplate]
  /// The fields of the company's own that it proposes.
  public let fields: [FieldTemplate]
  /// The reasons that it proposes for the company's lists.
  public let reasons: [ReasonTemplate]

  init(
    _ code: String, _ kind: CardKind = .deal, source: String, _ name: LocalizedText,
    purpose: LocalizedText, rules: PipelineRules = PipelineRules(), fields: [FieldTemplate] = [],
    reasons: [ReasonTemplate] = [], stages: [StageTemplate]
  ) {
    self.code = code
    self.kind = kind
    self.name = name
    self.purpose = purpose
    self.source = source
    self.rules = rules
    self.stages = stages
    self.fields = fields
    self.reasons = reasons
  }

  /// Every template, in the order in which to offer them.
  public static let all: [PipelineTemplate] = [
    .universal, .sales, .qualification, .telemarketing, .production, .delivery, .complaints,
    .nurturing, .regularCustomers, .refusals, .prospects, .onHold, .leads, .firstLine,
  ]

  /// The template of this code, if there is one.
  public static func named(_ code: String) -> PipelineTemplate? {
    all.first { $0.code == code }
  }

  /// S4's advice on how cards go through a pipeline, as warnings: forward, step by step, out by winning.
  static let advised = PipelineRules(noBack: .warn, noSkip: .warn, crossOnlyByWin: .warn)
  /// The same, and a deal lives for three months at most (S2).
  static let advisedForSales = PipelineRules(
    noBack: .warn, noSkip: .warn, crossOnlyByWin: .warn, lifeLimit: .months(3))

  /// The stage that a pipeline of this kind gets where its own list has none of the kind; nil for open.
  public static func closingStage(_ kind: StageKind, of card: CardKind) -> StageTemplate? {
    switch (kind, card) {
    case (.open, _): nil
    case (.won, .deal):
      .won("won", LocalizedText("Выиграна", "Won"), hint: ClosingHints.won)
    case (.lost, .deal):
      .lost("lost", LocalizedText("Проиграна", "Lost"), hint: ClosingHints.lost)
    case (.won, .lead):
      .won(
        "converted", LocalizedText("Завершена сделкой", "Converted"), hint: ClosingHints.converted)
    case (.lost, .lead):
      .lost("lost", LocalizedText("Проиграна", "Lost"), hint: ClosingHints.lost)
    }
  }
}
