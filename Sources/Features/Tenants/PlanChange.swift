internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `tenant.set_plan`: another plan, and what freezes or thaws by it.
struct PlanChange {
  /// What a dry run answers.
  static let preview = PlanForecast.schema([("dry_run", .boolean)])

  private let call: OperatorCall
  private let tenant: Tenant

  init(_ call: OperatorCall, _ tenant: Tenant) {
    self.call = call
    self.tenant = tenant
  }

  func work() async throws -> Work {
    try call.requireVersion(tenant.version)
    let plan = try await find(call.arguments[TenantMembers.plan])
    guard plan.isActive || plan.code == tenant.plan else {
      throw RPCError.invalid([
        FieldProblem(path: "plan", problem: "has been retired; choose one that is on offer")
      ])
    }
    if call.isDryRun {
      let forecast = try await PlanForecast(
        call, tenant: tenant.id, slug: tenant.slug, from: try await find(tenant.plan), to: plan)
      return .nothing(
        RawJSON {
          $0.object {
            $0.member("dry_run", true)
            forecast.writeMembers(to: &$0)
          }
        })
    }
    var changed = tenant
    changed.plan = plan.code
    var work = changed.changed([
      ContextStatements.server(.integer(tenant.id)),
      TenantPlanStatements.freeze(.integer(tenant.id), .integer(plan.limits.dealPipelines)),
    ])
    // What was decided on stays so until the end: the plan may be changed at the same time.
    work.statements.insert(
      PlanStatements.hold(.text(plan.code), .integer(plan.version)), at: 0)
    work.before = RawJSON { tenant.write(to: &$0) }
    work.furtherEvents = try await warnings(under: plan)
    return work
  }

  private func find(_ code: String) async throws -> Plan {
    guard let row = try await call.read(PlanStatements.get(.text(code)))[0].first else {
      throw RPCError.notFound(what: "plan")
    }
    return try Plan(row, from: 0)
  }

  /// What the company has to know of limits that are nearer than before.
  private func warnings(under plan: Plan) async throws -> [EventDraft] {
    let present = try await find(tenant.plan)
    let results = try await call.read(
      ContextStatements.server(.integer(tenant.id)),
      TenantPlanStatements.usage(.integer(tenant.id)))
    let usage = try TenantPlanStatements.usage(in: results[1])
    return plan.limits.warnings(by: usage, replacing: present.limits).map {
      .warning($0, plan: plan.code)
    }
  }
}
