/// A pipeline template in one language.
public struct LocalizedPipeline: Hashable, Sendable {
  /// The template's code.
  public let code: String
  /// Whether it is one for leads or for deals.
  public let kind: CardKind
  /// Its name.
  public let name: String
  /// What it is for.
  public let purpose: String
  /// The article it comes from: S0 to S4.
  public let source: String
  /// How cards go through it.
  public let rules: PipelineRules
  /// Its stages in their order.
  public let stages: [LocalizedStage]
  /// The fields that it proposes.
  public let fields: [LocalizedField]
  /// The reasons that it proposes.
  public let reasons: [LocalizedReason]
  /// The last-contact statuses that it proposes.
  public let contactStatuses: [LocalizedContactStatus]
}

extension PipelineTemplate {
  /// The template in this language.
  public func localized(_ language: Language) -> LocalizedPipeline {
    LocalizedPipeline(
      code: code, kind: kind, name: name[language], purpose: purpose[language], source: source,
      rules: rules, stages: stages.map { $0.localized(language) },
      fields: fields.map { $0.localized(language) },
      reasons: reasons.map { $0.localized(language) },
      contactStatuses: contactStatuses.map { $0.localized(language) })
  }
}
