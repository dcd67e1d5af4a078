/// A plan's limit that something would exceed: the data of the error `plan_limit`.
public struct PlanViolation: Hashable, Sendable {
  /// The limit.
  public var limit: PlanLimit
  /// How many the plan allows.
  public var max: Int
  /// How many are there.
  public var used: Int
  /// How many more were wanted.
  public var adding: Int

  /// Makes a violation from its parts.
  public init(limit: PlanLimit, max: Int, used: Int, adding: Int) {
    self.limit = limit
    self.max = max
    self.used = used
    self.adding = adding
  }

  /// The cheapest active plan that would allow it and that would hold everything else already there.
  ///
  /// Plans with a price come before plans without one, the cheaper first; of equally priced plans the
  /// one that gives least beyond the need. Nil where no plan would do.
  public func liftedBy(_ plans: [PlanOffer], usage: [PlanLimit: Int] = [:]) -> PlanOffer? {
    var needed = usage
    needed[limit] = used + adding
    return plans.cheapest(holding: needed) { $0.limits[limit] ?? .max }
  }
}
