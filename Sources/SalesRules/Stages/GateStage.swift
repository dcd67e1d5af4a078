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
  /// Whether it is a way out: an open stage that makes a deal of the lead that enters (S1). No card stands in it,
  /// and it lies on the way of those alone that take it: ways out stand beside each other.
  public var isExit: Bool

  /// Makes a stage from its parts.
  public init(
    id: Int64, position: Int, kind: StageKind, required: [FieldRequirement] = [],
    isExit: Bool = false
  ) {
    self.id = id
    self.position = position
    self.kind = kind
    self.required = required
    self.isExit = isExit
  }

  /// Whether open cards stand in it.
  public var holdsOpenCards: Bool { kind == .open && !isExit }
}
