/// A stage of a pipeline template in one language; its members are those of ``StageTemplate``.
public struct LocalizedStage: Hashable, Sendable {
  /// Its name for programs.
  public let code: String
  /// Its name.
  public let name: String
  /// Where it stands in a card's life.
  public let kind: StageKind
  /// A state or a fact.
  public let style: StageStyle
  /// A key stage.
  public let isKey: Bool
  /// What the seller does and asks here.
  public let hint: String
  /// What must be filled in.
  public let required: [FieldRequirement]
  /// The longest a card may stay; nil for closing stages.
  public let dwellLimit: ISO8601Duration?
  /// Lost cards are reopened into this stage.
  public let reopensHere: Bool
  /// The direction into which a lead that enters is converted.
  public let transfersTo: String?
}

extension StageTemplate {
  /// The stage in this language.
  public func localized(_ language: Language) -> LocalizedStage {
    LocalizedStage(
      code: code, name: name[language], kind: kind, style: style, isKey: isKey,
      hint: hint[language], required: required, dwellLimit: dwellLimit, reopensHere: reopensHere,
      transfersTo: transfersTo)
  }
}
