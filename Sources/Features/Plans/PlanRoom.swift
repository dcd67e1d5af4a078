internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Whether the company's plan has room for one more.
enum PlanRoom {
  /// Refuses with the limit, what is used of it, and the cheapest plan that would lift it.
  static func require(
    _ limit: PlanLimit, used: Int, adding: Int = 1, _ call: TenantCall
  ) async throws {
    let plan = call.company.plan
    guard let violation = plan.limits.violation(of: limit, used: used, adding: adding) else {
      return
    }
    let results = try await call.readAsServer(
      PlanStatements.active(), TenantPlanStatements.usage(call.tenantParameter))
    let offers = try results[0].map { try Plan($0, from: 0).offer }
    let usage = try TenantPlanStatements.usage(in: results[1])
    throw RPCError.planLimit(violation, plan: plan.code, offers: offers, usage: usage)
  }
}
