internal import JSONRPC
internal import Postgres
internal import SalesRules

extension TenantCall {
  /// Refuses where the plan does not allow so many more; the refusal names the cheapest plan that would.
  ///
  /// What is counted here is the state of the company at the version that the write is guarded by, so two
  /// who come at once are told apart by that guard.
  func requireRoom(for limit: PlanLimit, used: Int, adding: Int = 1) async throws {
    guard
      let violation = company.plan.limits.violation(of: limit, used: used, adding: adding)
    else { return }
    let results = try await read(
      PlanStatements.active(), TenantPlanStatements.usage(tenantParameter))
    let offers = try results[0].map { try Plan($0, from: 0).offer }
    var usage: [PlanLimit: Int] = [
      .dealPipelines: company.activeDealPipelines.count,
      .stagesPerPipeline: company.pipelines.map(\.stages.count).max() ?? 0,
      .customFields: company.fields.count,
    ]
    if let row = results[1].first,
      let column = TenantPlanStatements.usageOrder.firstIndex(of: .users)
    {
      usage[.users] = Int(try row.integer(column))
    }
    throw RPCError.planLimit(violation, plan: company.plan.code, offers: offers, usage: usage)
  }
}
