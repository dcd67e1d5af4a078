internal import JSON
internal import SalesRules

/// How much of each limit of its plan a company uses.
struct PlanUsage {
  let plan: Plan
  let usage: [PlanLimit: Int]

  /// Each limit with its maximum (null: none), what is used (null: not counted, as requests a second are
  /// not), and the share of it.
  var answer: RawJSON {
    RawJSON {
      $0.object {
        $0.member("plan", plan.code)
        $0.name("limits")
        $0.object {
          for limit in PlanLimit.allCases {
            let used = usage[limit]
            $0.name(limit.rawValue)
            $0.object {
              $0.member("max", plan.limits[limit])
              $0.member("used", used)
              $0.name("share")
              $0.value(share(used, of: plan.limits[limit]))
            }
          }
        }
      }
    }
  }

  private func share(_ used: Int?, of max: Int?) -> Double? {
    guard let used, let max, max > 0 else { return nil }
    return (Double(used) / Double(max) * 1000).rounded() / 1000
  }
}
