/// So much of a plan's limit is used that somebody should know: 80 per cent of it, all of it, or more.
public struct UsageWarning: Hashable, Sendable {
  /// The limit.
  public var limit: PlanLimit
  /// How many are there.
  public var used: Int
  /// How many the plan allows.
  public var max: Int

  /// Makes a warning from its parts.
  public init(limit: PlanLimit, used: Int, max: Int) {
    self.limit = limit
    self.used = used
    self.max = max
  }

  /// How near an end a use is: 0 far from it, then from 80 per cent on, at the limit, and beyond it.
  static func level(_ used: Int, of max: Int?) -> Int {
    guard let max, used > 0 else { return 0 }
    if used > max { return 3 }
    if used == max { return 2 }
    return used * 5 >= max * 4 ? 1 : 0
  }
}

extension PlanLimits {
  /// The warning where more use brings one nearer to the limit than it was.
  public func warning(of limit: PlanLimit, from before: Int, to after: Int) -> UsageWarning? {
    guard let max = self[limit],
      UsageWarning.level(after, of: max) > UsageWarning.level(before, of: max)
    else { return nil }
    return UsageWarning(limit: limit, used: after, max: max)
  }

  /// The warnings where other limits than these bring the same use nearer to them than it was.
  public func warnings(by usage: [PlanLimit: Int], replacing before: PlanLimits) -> [UsageWarning] {
    PlanLimit.allCases.compactMap { limit in
      guard let used = usage[limit], let max = self[limit],
        UsageWarning.level(used, of: max) > UsageWarning.level(used, of: before[limit])
      else { return nil }
      return UsageWarning(limit: limit, used: used, max: max)
    }
  }
}
