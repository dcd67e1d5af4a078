internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `tenant.*`: the operator's companies.
enum TenantMethods {
  static let all = [create, list, get, update, setPlan, suspend, resume, usage]

  private static let shape = Schema.object(
    [
      "id": .identifier, "slug": .string, "name": .string, "plan": .string,
      "state": .choice(TenantState.allCases.map(\.rawValue)), "locale": .string,
      "currency": .string, "timezone": .string, "created_at": .timestamp, "version": .integer,
    ], required: ["id", "slug", "name", "plan", "state"])

  private static let create = Method(
    "tenant.create", "Makes a company with its first admin and what its template brings.",
    details: "The lead pipeline is there from the start. Templates: none (the default), "
      + "first_line_and_seniors.",
    takes: [
      .required(TenantMembers.slug), .required(TenantMembers.name), .required(TenantMembers.plan),
      .required(TenantMembers.admin), .optional(TenantMembers.locale),
      .optional(TenantMembers.currency), .optional(TenantMembers.timezone),
      .optional(TenantMembers.template),
    ],
    gives: .object(["tenant": shape, "admin": .anyObject], required: ["tenant", "admin"]),
    errors: [.invalid, .notFound, .planLimit],
    .operatorWrite { call in try await TenantCreation(call).work() })

  private static let list = Method(
    "tenant.list", "The companies of the installation, by id.",
    takes: [.optional(TenantMembers.state)] + CommonMembers.page, gives: Shapes.page(of: shape),
    .operatorRead { call in
      let page = try Page(call)
      let state = call.arguments[optional: TenantMembers.state]
      let rows = try await call.read(
        TenantStatements.list(
          .integer(try page.afterID()), page.fetch, .string(state?.rawValue)))
      let tenants = try rows[0].map(Tenant.init)
      return page.result(tenants, key: { String($0.id) }) { $0.write(to: &$1) }
    })

  private static let get = Method(
    "tenant.get", "One company.", takes: [.required(TenantMembers.tenant)], gives: shape,
    errors: [.notFound],
    .operatorRead { call in
      let tenant = try await find(call)
      return RawJSON { tenant.write(to: &$0) }
    })

  private static let update = Method(
    "tenant.update", "Changes what a company is called and where it is.",
    takes: [
      .required(TenantMembers.tenant), .optional(TenantMembers.name),
      .optional(TenantMembers.locale), .optional(TenantMembers.timezone),
    ], gives: shape, errors: [.notFound, .invalid], traits: .versioned,
    .operatorWrite { call in
      let present = try await find(call)
      var tenant = present
      if let name = call.arguments[optional: TenantMembers.name] { tenant.name = name }
      if let locale = call.arguments[optional: TenantMembers.locale] { tenant.locale = locale }
      if let timezone = call.arguments[optional: TenantMembers.timezone] {
        try await TenantCreation.requireTimezone(timezone, call)
        tenant.timezone = timezone
      }
      return try change(present, to: tenant, call)
    })

  private static let setPlan = Method(
    "tenant.set_plan", "Puts a company on another plan, at once.",
    details: "What is there is never deleted. Deal pipelines over the new limit freeze, the last "
      + "ones first: cards there can be read, closed and moved out; a larger plan thaws them.",
    takes: [.required(TenantMembers.tenant), .required(TenantMembers.plan)],
    gives: .oneOf([shape, PlanChange.preview]), errors: [.notFound],
    traits: [.versioned, .dryRun],
    .operatorWrite { call in try await PlanChange(call, try await find(call)).work() })

  private static let suspend = Method(
    "tenant.suspend",
    "Locks a company out: log-ins, tokens and open connections answer so at once.",
    details: "Its data stay untouched.", takes: [.required(TenantMembers.tenant)], gives: shape,
    errors: [.notFound], traits: .versioned,
    .operatorWrite { call in
      let present = try await find(call)
      var tenant = present
      tenant.state = .suspended
      return try change(present, to: tenant, call)
    })

  private static let resume = Method(
    "tenant.resume",
    "Lets a suspended company in again. Its people log in anew: suspension ends sessions.",
    takes: [.required(TenantMembers.tenant)], gives: shape, errors: [.notFound],
    traits: .versioned,
    .operatorWrite { call in
      let present = try await find(call)
      var tenant = present
      if tenant.state == .suspended { tenant.state = .active }
      return try change(
        present, to: tenant, call,
        [
          ContextStatements.server(.integer(tenant.id)),
          AuthenticationStatements.endAllSessions(.integer(tenant.id)),
        ])
    })

  private static let usage = Method(
    "tenant.usage", "How much of its plan a company uses, in numbers alone.",
    takes: [.required(TenantMembers.tenant)],
    gives: .object(["plan": .string, "limits": .anyObject], required: ["plan", "limits"]),
    errors: [.notFound],
    .operatorRead { call in
      let tenant = try await find(call)
      let results = try await call.read(
        PlanStatements.get(.text(tenant.plan)), ContextStatements.server(.integer(tenant.id)),
        TenantPlanStatements.usage(.integer(tenant.id)))
      guard let row = results[0].first else { throw RPCError.notFound(what: "plan") }
      return PlanUsage(
        plan: try Plan(row, from: 0), usage: try TenantPlanStatements.usage(in: results[2])
      ).answer
    })

  private static func find(_ call: OperatorCall) async throws -> Tenant {
    let slug = call.arguments[TenantMembers.tenant]
    let rows = try await call.read(TenantStatements.get(.text(slug)))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "tenant") }
    return try Tenant(row)
  }

  private static func change(
    _ present: Tenant, to wanted: Tenant, _ call: OperatorCall,
    _ further: [BoundStatement] = []
  ) throws -> Work {
    try call.requireVersion(present.version)
    return Work.update(
      present, to: wanted, answer: { tenant in RawJSON { tenant.write(to: &$0) } }
    ) { $0.changed(further) }
  }
}

extension Tenant {
  /// What writes the company's row as it now is, with everything else that belongs to the change.
  func changed(_ further: [BoundStatement] = []) -> Work {
    var after = self
    after.version += 1
    return Work(
      [
        TenantStatements.update(
          .integer(id), .text(name), .text(plan), .text(state.rawValue), .text(locale.rawValue),
          .text(timezone), .integer(version)),
        ContextStatements.moveVersionUnguarded(.integer(id)),
      ] + further, answer: RawJSON { after.write(to: &$0) }, tenant: id)
  }
}
