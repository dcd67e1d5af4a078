internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Whether the company's plan has room for one more.
enum PlanRoom {
  /// Refuses with the limit, what is used of it, and the cheapest plan that would lift it. Where there is
  /// room, but not much any more, the decision comes with a warning.
  static func require(
    _ limit: PlanLimit, used: Int, adding: Int = 1, _ call: TenantCall
  ) async throws {
    let plan = call.company.plan
    guard let violation = plan.limits.violation(of: limit, used: used, adding: adding) else {
      if let warning = plan.limits.warning(of: limit, from: used, to: used + adding) {
        call.notice(warning)
      }
      return
    }
    let (offers, usage) = try await offers(call)
    throw RPCError.planLimit(violation, plan: plan.code, offers: offers, usage: usage)
  }

  /// Refuses where the plan does not switch it on, with the cheapest plan that does.
  static func require(_ feature: PlanFeature, _ call: TenantCall) async throws {
    let plan = call.company.plan
    guard !plan.offer.includes(feature) else { return }
    let (offers, usage) = try await offers(call)
    throw RPCError.planLacks(
      feature.rawValue, plan: plan.code,
      liftedBy: offers.cheapest(with: feature, holding: usage)?.code)
  }

  /// The plans that are sold, and what the company uses.
  private static func offers(
    _ call: TenantCall
  ) async throws -> (offers: [PlanOffer], usage: [PlanLimit: Int]) {
    let results = try await call.readAsServer(
      PlanStatements.active(), TenantPlanStatements.usage(call.tenantParameter))
    return (
      try results[0].map { try Plan($0, from: 0).offer },
      try TenantPlanStatements.usage(in: results[1])
    )
  }
}
