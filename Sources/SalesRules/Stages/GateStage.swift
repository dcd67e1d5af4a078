/// A stage as the gate sees it.
public struct GateStage: Hashable, Sendable {
  /// The stage's id within its company.
  public var id: Int64
  /// Its place: stages are passed in this order.
  public var position: Int
  /// Where it stands in a card's life.
  public var kind: StageKind
  /// What must be filled in to enter it (S4, error 4).
  public var required: [FieldRequirement]

  /// Makes a stage from its parts.
  public init(id: Int64, position: Int, kind: StageKind, required: [FieldRequirement] = []) {
    self.id = id
    self.position = position
    self.kind = kind
    self.required = required
  }
}
