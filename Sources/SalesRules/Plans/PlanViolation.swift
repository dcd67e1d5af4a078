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
    return plans.filter { $0.isActive && $0.limits.violations(by: needed).isEmpty }
      .min { left, right in
        guard left.price == right.price else { return isCheaper(left.price, right.price) }
        let (leftMax, rightMax) = (left.limits[limit] ?? .max, right.limits[limit] ?? .max)
        return (leftMax, left.code) < (rightMax, right.code)
      }
  }

  private func isCheaper(_ left: MoneyAmount?, _ right: MoneyAmount?) -> Bool {
    guard let left else { return false }
    return right.map { left < $0 } ?? true
  }
}
