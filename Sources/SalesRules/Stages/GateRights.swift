/// What the one who takes a step may do, as far as the gate asks.
public struct GateRights: Hashable, Sendable {
  /// The actions held on the card; of a new card, on its pipeline.
  public var onCard: Set<Action>
  /// The actions held on the pipeline into which a copy, conversion or transfer leads.
  public var onTarget: Set<Action>

  /// Makes rights from their parts.
  public init(onCard: Set<Action>, onTarget: Set<Action> = []) {
    self.onCard = onCard
    self.onTarget = onTarget
  }

  /// Everything: an owner's or admin's.
  public static let all = GateRights(
    onCard: Set(Action.allCases), onTarget: Set(Action.allCases))
}
