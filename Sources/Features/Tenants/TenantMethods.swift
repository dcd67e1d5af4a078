internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `tenant.*`: the operator's companies.
enum TenantMethods {
  static let all = [create, list, get, update, setPlan, suspend, resume, delete, restore, usage]

  static let shape = Schema.object(
    [
      "id": .identifier, "slug": .string, "name": .string, "plan": .string,
      "state": .choice(TenantState.allCases.map(\.rawValue)), "locale": .string,
      "currency": .string, "timezone": .string, "created_at": .timestamp, "purge_at": .timestamp,
      "version": .integer,
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
      try tenant.requireLiving()
      try call.requireVersion(present.version)
      return Work.update(
        present, to: tenant, answer: { tenant in RawJSON { tenant.write(to: &$0) } }
      ) { $0.changed() }
    })

  private static let setPlan = Method(
    "tenant.set_plan", "Puts a company on another plan, at once.",
    details: "What is there is never deleted. Deal pipelines over the new limit freeze, the last "
      + "ones first unless pipeline.freeze_order says otherwise: cards there can be read, noted, "
      + "closed and moved out; a larger plan thaws them. dry_run tells which pipelines `freeze`, "
      + "`stay_frozen` or `thaw`, which limits are `exceeded` and what that means, and the "
      + "`features_lost`.",
    takes: [.required(TenantMembers.tenant), .required(TenantMembers.plan)],
    gives: .oneOf([shape, PlanChange.preview]), errors: [.notFound],
    traits: [.versioned, .dryRun],
    .operatorWrite { call in
      let tenant = try await find(call)
      try tenant.requireLiving()
      return try await PlanChange(call, tenant).work()
    })

  private static let suspend = Method(
    "tenant.suspend",
    "Locks a company out: log-ins, tokens and open connections answer so at once.",
    details: "Its data stay untouched.", takes: [.required(TenantMembers.tenant)], gives: shape,
    errors: [.notFound], traits: .versioned,
    .operatorWrite { call in try TenantLife(call, try await find(call)).suspend() })

  private static let resume = Method(
    "tenant.resume",
    "Lets a suspended company in again. Its people log in anew: suspension ends sessions.",
    takes: [.required(TenantMembers.tenant)], gives: shape, errors: [.notFound],
    traits: .versioned,
    .operatorWrite { call in try TenantLife(call, try await find(call)).resume() })

  private static let delete = Method(
    "tenant.delete", "Deletes a company: it is locked out at once, and gone after days of grace.",
    details: "Until `purge_at` tenant.restore brings it back whole. Then it is taken out of every "
      + "table, by and by, and its slug is free again. Deleting again sets the days anew. An "
      + "import that was cut off is given up by it, without grace. Without grace a small company is gone "
      + "with the answer.",
    takes: [.required(TenantMembers.tenant), .optional(TenantMembers.graceDays)],
    gives: .oneOf([
      shape,
      .object(
        ["dry_run": .boolean, "tenant": .string, "purge_at": .timestamp],
        required: ["dry_run", "tenant", "purge_at"]),
    ]),
    errors: [.notFound, .conflict], traits: [.versioned, .dryRun],
    .operatorWrite { call in try TenantLife(call, try await find(call)).delete() })

  private static let restore = Method(
    "tenant.restore", "Brings a deleted company back as it was. Its people log in anew.",
    details: "As long as its days of grace last.",
    takes: [.required(TenantMembers.tenant)], gives: shape, errors: [.notFound, .conflict],
    traits: .versioned,
    .operatorWrite { call in try TenantLife(call, try await find(call)).restore() })

  private static let usage = Method(
    "tenant.usage", "How much of its plan a company uses, in numbers alone.",
    takes: [.required(TenantMembers.tenant)],
    gives: PlanUsage.schema,
    errors: [.notFound],
    .operatorRead { call in
      let tenant = try await find(call)
      let results = try await call.read(
        PlanStatements.get(.text(tenant.plan)), ContextStatements.server(.integer(tenant.id)),
        TenantPlanStatements.usage(.integer(tenant.id)))
      guard let row = results[0].first else { throw RPCError.notFound(what: "plan") }
      return try PlanUsage(
        Plan(row, from: 0), results[2], tenant: tenant.id, services: call.services
      ).answer
    })

  /// The company that the arguments name.
  static func find(_ call: OperatorCall) async throws -> Tenant {
    let slug = call.arguments[TenantMembers.tenant]
    let rows = try await call.read(TenantStatements.get(.text(slug)))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "tenant") }
    return try Tenant(row)
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
          .text(timezone), .integer(version), .string(stateBefore?.rawValue), .timestamp(purgeAt)),
        ContextStatements.moveVersionUnguarded(.integer(id)),
      ] + further, answer: RawJSON { after.write(to: &$0) }, tenant: id)
  }
}
