internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// How much of each limit of its plan a company uses.
struct PlanUsage {
  let plan: Plan
  let usage: [PlanLimit: Int]

  static let schema = Schema.object(
    [
      "plan": .string, "limits": .anyObject, "features": Schema.array(of: .string).nullable,
      "retention": .anyObject,
    ], required: ["plan", "limits", "features"])

  /// What a company on a plan uses, by its own rows and by this server's count of the last second.
  init(_ plan: Plan, _ rows: Rows, tenant: Int64, services: Services) throws {
    self.plan = plan
    var usage = try TenantPlanStatements.usage(in: rows)
    usage[.requestsPerSecond] = services.requestRates.used(
      tenant: tenant, perSecond: plan.limits.requestsPerSecond)
    self.usage = usage
  }

  /// Each limit with its maximum (null: none), what is used (null: not counted, as requests a second are
  /// not without a limit), and the share of it; the plan's features (null: all), and
  /// how long it keeps things (null: for ever).
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
        $0.name("features")
        $0.features(plan.features)
        $0.name("retention")
        $0.retention(plan.retention)
      }
    }
  }

  private func share(_ used: Int?, of max: Int?) -> Double? {
    guard let used, let max, max > 0 else { return nil }
    return (Double(used) / Double(max) * 1000).rounded() / 1000
  }
}
