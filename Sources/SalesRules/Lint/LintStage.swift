/// A stage as far as its faults go.
public struct LintStage: Hashable, Sendable {
  /// Its id.
  public var id: Int64
  /// Its name.
  public var name: String
  /// Where it stands in a card's life.
  public var kind: StageKind
  /// A state or a fact.
  public var style: StageStyle
  /// Whether it is a key stage.
  public var isKey: Bool
  /// Whether the seller is told what to do in it.
  public var hasHint: Bool
  /// Whether anything has to be filled in.
  public var hasRequired: Bool
  /// Whether a card may stay for so long and no longer.
  public var hasDwellLimit: Bool
  /// Whether it says who becomes responsible; nil where it can't.
  public var hasResponsible: Bool?

  /// Makes a stage from its parts.
  public init(
    id: Int64, name: String, kind: StageKind, style: StageStyle, isKey: Bool = false,
    hasHint: Bool = false, hasRequired: Bool = false, hasDwellLimit: Bool = false,
    hasResponsible: Bool? = nil
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.style = style
    self.isKey = isKey
    self.hasHint = hasHint
    self.hasRequired = hasRequired
    self.hasDwellLimit = hasDwellLimit
    self.hasResponsible = hasResponsible
  }
}
