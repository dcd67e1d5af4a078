/// A reason of the company's lists, as it was given with a step.
public struct GateReason: Hashable, Sendable {
  /// The reason's id within its company.
  public var id: Int64
  /// The list it is from.
  public var kind: ReasonKind
  /// Whether it may still be chosen.
  public var isActive: Bool
  /// Whether this reason demands a comment, or spares it; nil leaves that to the company's rule.
  public var requiresComment: Bool?

  /// Makes a reason from its parts.
  public init(id: Int64, kind: ReasonKind, isActive: Bool = true, requiresComment: Bool? = nil) {
    self.id = id
    self.kind = kind
    self.isActive = isActive
    self.requiresComment = requiresComment
  }
}
