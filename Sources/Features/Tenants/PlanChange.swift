internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `tenant.set_plan`: another plan, and what freezes or thaws by it.
struct PlanChange {
  /// What a dry run answers.
  static let preview = Schema.object(
    [
      "dry_run": .boolean, "tenant": .string, "plan": .string, "pipelines_frozen": .integer,
      "exceeded": .array(
        of: .object(
          ["limit": .string, "max": .integer, "used": .integer],
          required: ["limit", "max", "used"])),
    ], required: ["dry_run", "tenant", "plan", "pipelines_frozen", "exceeded"])

  private let call: OperatorCall
  private let tenant: Tenant

  init(_ call: OperatorCall, _ tenant: Tenant) {
    self.call = call
    self.tenant = tenant
  }

  func work() async throws -> Work {
    try call.requireVersion(tenant.version)
    let code = call.arguments[TenantMembers.plan]
    guard let row = try await call.read(PlanStatements.get(.text(code)))[0].first else {
      throw RPCError.notFound(what: "plan")
    }
    let plan = try Plan(row, from: 0)
    guard plan.isActive || plan.code == tenant.plan else {
      throw RPCError.invalid([
        FieldProblem(path: "plan", problem: "has been retired; choose one that is on offer")
      ])
    }
    var changed = tenant
    changed.plan = code
    if call.isDryRun { return try await preview(plan, changed) }
    return changed.changed([
      ContextStatements.server(.integer(tenant.id)),
      TenantPlanStatements.freeze(.integer(tenant.id), .integer(plan.limits.dealPipelines)),
    ])
  }

  /// What would freeze, by number only: the operator sees no company's pipelines.
  private func preview(_ plan: Plan, _ changed: Tenant) async throws -> Work {
    let results = try await call.read(
      ContextStatements.server(.integer(tenant.id)),
      TenantPlanStatements.usage(.integer(tenant.id)))
    let usage = try TenantPlanStatements.usage(in: results[1])
    let violations = plan.limits.violations(by: usage)
    let frozen = violations.first { $0.limit == .dealPipelines }.map { $0.used - $0.max } ?? 0
    return .nothing(
      RawJSON {
        $0.object {
          $0.member("dry_run", true)
          $0.member("tenant", changed.slug)
          $0.member("plan", plan.code)
          $0.member("pipelines_frozen", frozen)
          $0.name("exceeded")
          $0.array {
            for violation in violations {
              $0.object {
                $0.member("limit", violation.limit.rawValue)
                $0.member("max", violation.max)
                $0.member("used", violation.used)
              }
            }
          }
        }
      })
  }
}
