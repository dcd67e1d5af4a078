internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `tenant.create`: checks everything, then founds the company in one transaction.
struct TenantCreation {
  /// Told where a slug is taken, be it by a company that nobody can log in to yet or any more.
  static let slugIsTaken =
    "There is a tenant with this slug: tenant.get tells its state. Choose another slug, or, where a cut-off "
    + "import has left it, delete it."

  private let call: OperatorCall
  private let arguments: Arguments
  private let admin: Arguments

  init(_ call: OperatorCall) {
    self.call = call
    arguments = call.arguments
    admin = call.arguments[TenantMembers.admin]
  }

  func work() async throws -> Work {
    let template = try checkedTemplate()
    let plan = try await plan()
    try await requireAllowed(template, by: plan)
    let services = call.services
    let tenant = Tenant(
      id: try await services.identities.next(.tenant, tenant: 0),
      slug: arguments[TenantMembers.slug], name: arguments[TenantMembers.name], plan: plan.code,
      locale: arguments[optional: TenantMembers.locale] ?? .ru,
      currency: arguments[optional: TenantMembers.currency] ?? "RUB",
      timezone: arguments[optional: TenantMembers.timezone] ?? "Europe/Moscow",
      createdAt: call.now)
    let email = EmailAddress(admin[TenantMembers.email])?.address ?? ""
    let name = admin[TenantMembers.userName]
    let user = try await services.identities.next(.user, tenant: tenant.id)
    let hash = try await services.passwords.hash(admin[TenantMembers.password])
    let founding = TenantFounding(
      tenant: tenant, template: template, services: services, now: call.now)
    var statements = try await founding.statements(admin: [
      UserStatements.insert(
        .integer(tenant.id), .integer(user), .text(email), .text(name),
        .text(TenantRole.owner.rawValue), .text(hash.text), .timestamp(call.now))
    ])
    // What was checked against the plan stays true until the end.
    statements.insert(PlanStatements.hold(.text(plan.code), .integer(plan.version)), at: 0)
    return Work(
      statements,
      answer: RawJSON {
        $0.object {
          $0.name("tenant")
          tenant.write(to: &$0)
          $0.member("admin") {
            $0.member("id", user)
            $0.member("email", email)
            $0.member("name", name)
            $0.member("role", TenantRole.owner.rawValue)
          }
        }
      }, tenant: tenant.id)
  }

  private func checkedTemplate() throws -> TenantTemplate {
    var checks = ValueChecks()
    checks.check("slug", Slug.problem(in: arguments[TenantMembers.slug]))
    checks.check("admin.email", EmailAddress.problem(in: admin[TenantMembers.email]))
    let names = [
      admin[TenantMembers.email], admin[TenantMembers.userName], arguments[TenantMembers.slug],
      arguments[TenantMembers.name],
    ]
    checks.check(
      "admin.password", Password.problem(in: admin[TenantMembers.password], of: names))
    if let code = arguments[optional: TenantMembers.currency], Currency(code: code) == nil {
      checks.note("currency", "has to be a code of ISO 4217, such as RUB")
    }
    let code = arguments[optional: TenantMembers.template] ?? TenantTemplate.none.code
    guard let template = TenantTemplate.named(code) else {
      let codes = TenantTemplate.all.map(\.code).joined(separator: ", ")
      checks.note("template", "has to be one of \(codes)")
      try checks.finish()
      return .none
    }
    try checks.finish()
    return template
  }

  private func plan() async throws -> Plan {
    if let timezone = arguments[optional: TenantMembers.timezone] {
      try await Self.requireTimezone(timezone, call)
    }
    let rows = try await call.read(
      PlanStatements.get(.text(arguments[TenantMembers.plan])),
      TenantStatements.get(.text(arguments[TenantMembers.slug])))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "plan") }
    let plan = try Plan(row, from: 0)
    guard plan.isActive else {
      throw RPCError.invalid([
        FieldProblem(path: "plan", problem: "has been retired; choose one that is on offer")
      ])
    }
    guard rows[1].isEmpty else {
      throw RPCError.conflict(TenantCreation.slugIsTaken)
    }
    return plan
  }

  private func requireAllowed(_ template: TenantTemplate, by plan: Plan) async throws {
    let wanted = template.directions.count
    let drafts = template.directions.map { PipelineDraft($0.pipeline.localized(.en)).stages.count }
    let stages = drafts.max() ?? 0
    let violation =
      plan.limits.violation(of: .dealPipelines, used: 0, adding: wanted)
      ?? plan.limits.violation(of: .stagesPerPipeline, used: 0, adding: stages)
      ?? plan.limits.violation(of: .users, used: 0)
    guard let violation else { return }
    let plans = try await call.read(PlanStatements.active())[0].map { try Plan($0, from: 0).offer }
    throw RPCError.planLimit(violation, plan: plan.code, offers: plans, usage: [:])
  }

  /// Refuses a time zone that the database does not know: reports go by its calendar.
  static func requireTimezone(_ name: String, _ call: OperatorCall) async throws {
    guard try await call.read(TenantStatements.timezone(.text(name)))[0].isEmpty else { return }
    throw RPCError.invalid([
      FieldProblem(path: "timezone", problem: "is not known; give a name such as Europe/Moscow")
    ])
  }
}

extension RPCError {
  /// A plan's limit that stands in the way, with the cheapest plan that would lift it.
  static func planLimit(
    _ violation: PlanViolation, plan: String, offers: [PlanOffer], usage: [PlanLimit: Int]
  ) -> RPCError {
    .planLimit(
      limit: violation.limit.rawValue, max: Int64(violation.max), used: Int64(violation.used),
      plan: plan, liftedBy: violation.liftedBy(offers, usage: usage)?.code)
  }
}
