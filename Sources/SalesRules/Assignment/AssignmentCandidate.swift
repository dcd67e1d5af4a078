/// Somebody whom a rule could choose.
public struct AssignmentCandidate: Hashable, Sendable {
  /// The person's id.
  public var user: Int64
  /// Whether they are let in at all.
  public var isActive: Bool
  /// Whether they are away today.
  public var isAbsent: Bool
  /// Whether they would see the card if it were theirs.
  public var seesCard: Bool
  /// How many open cards of the pipeline are theirs.
  public var openCards: Int

  /// Makes a candidate from their parts.
  public init(
    user: Int64, isActive: Bool = true, isAbsent: Bool = false, seesCard: Bool = true,
    openCards: Int = 0
  ) {
    self.user = user
    self.isActive = isActive
    self.isAbsent = isAbsent
    self.seesCard = seesCard
    self.openCards = openCards
  }

  /// Why nobody is given to them; nil where they can be chosen.
  public var hindrance: AssignmentChoice.Hindrance? {
    if !isActive { return .inactive }
    if isAbsent { return .absent }
    return seesCard ? nil : .noSight
  }
}
