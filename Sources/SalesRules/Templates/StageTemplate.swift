/// A stage of a pipeline template.
public struct StageTemplate: Hashable, Sendable {
  /// Its name for programs, unique within the template.
  public let code: String
  /// Its name for people, unique within the template in either language.
  public let name: LocalizedText
  /// Where it stands in a card's life.
  public let kind: StageKind
  /// A state or a fact (S4).
  public let style: StageStyle
  /// A key stage (КЭВ, S4): whoever reached it is worth more attention than all before.
  public let isKey: Bool
  /// What the seller does and asks here, and how the next stage is sold (S4, error 5).
  public let hint: LocalizedText
  /// What must be filled in: cards' own values, and fields that the template proposes. The latter are asked
  /// for where the pipeline has them alone, so that a template fits a plan without any fields of the
  /// company's own.
  public let required: [FieldRequirement]
  /// The longest a card may stay (S4, error 2); nil for closing stages.
  public let dwellLimit: ISO8601Duration?
  /// Lost cards are reopened into this stage (S0).
  public let reopensHere: Bool
  /// A transfer stage (S1): a lead that enters is converted into the deal pipeline of the direction of
  /// this name. Nil for every other stage.
  public let transfersTo: String?

  /// An open stage.
  static func open(
    _ code: String, _ name: LocalizedText, _ style: StageStyle, isKey: Bool = false,
    within dwellLimit: ISO8601Duration, requires required: [FieldRequirement] = [],
    reopensHere: Bool = false, transfersTo: String? = nil, hint: LocalizedText
  ) -> StageTemplate {
    StageTemplate(
      code: code, name: name, kind: .open, style: style, isKey: isKey, hint: hint,
      required: required, dwellLimit: dwellLimit, reopensHere: reopensHere, transfersTo: transfersTo
    )
  }

  /// The stage in which a card ends well.
  static func won(
    _ code: String, _ name: LocalizedText, requires required: [FieldRequirement] = [],
    hint: LocalizedText
  ) -> StageTemplate {
    closing(code, name, .won, required, hint)
  }

  /// A stage in which a card ends badly.
  static func lost(_ code: String, _ name: LocalizedText, hint: LocalizedText) -> StageTemplate {
    closing(code, name, .lost, [], hint)
  }

  private static func closing(
    _ code: String, _ name: LocalizedText, _ kind: StageKind, _ required: [FieldRequirement],
    _ hint: LocalizedText
  ) -> StageTemplate {
    StageTemplate(
      code: code, name: name, kind: kind, style: .conversion, isKey: false, hint: hint,
      required: required, dwellLimit: nil, reopensHere: false, transfersTo: nil)
  }
}
