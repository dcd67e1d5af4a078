internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `plan.*`: the operator's catalogue of tariffs.
enum PlanMethods {
  static let all = [create, list, get, update, retire]

  private static let shape = Schema.object(
    [
      "code": .string, "name": .string, "limits": .anyObject,
      "price": Shapes.moneyReference.nullable, "features": Schema.array(of: .string).nullable,
      "retention": .anyObject, "retired": .boolean, "version": .integer,
    ], required: ["code", "name", "limits", "version"])

  private static let create = Method(
    "plan.create", "Adds a plan to the catalogue.",
    details: "A limit that is absent or null is no limit. Without `features` it has them all: "
      + PlanFeature.allCases.map(\.rawValue).joined(separator: ", ") + ". "
      + "Without `retention` everything is kept for ever, idempotency keys for 24 hours.",
    takes: [
      .required(PlanMembers.code), .required(PlanMembers.name), .optional(PlanMembers.limits),
      .optional(PlanMembers.price), .optional(PlanMembers.features),
      .optional(PlanMembers.retention),
    ], gives: shape, errors: [.invalid],
    .operatorWrite { call in
      let price = call.arguments[optional: PlanMembers.price]
      var limits = PlanLimits()
      for (limit, max) in call.arguments[optional: PlanMembers.limits] ?? [:] {
        limits[limit] = max
      }
      var plan = Plan(
        code: call.arguments[PlanMembers.code], name: call.arguments[PlanMembers.name],
        price: price?.amount, currency: price?.currency, limits: limits,
        features: call.arguments[optional: PlanMembers.features].map(Set.init), isActive: true,
        version: 1)
      plan.retention.set(call.arguments[optional: PlanMembers.retention] ?? [:])
      var checks = ValueChecks()
      if !isCode(plan.code) {
        checks.note("code", "use small letters, digits, - and _, a letter or digit first")
      }
      try checks.finish()
      return Work(
        [PlanStatements.insert.bind(plan.parameters + [.timestamp(call.now)])],
        answer: RawJSON { [plan] in plan.write(to: &$0) })
    })

  private static let list = Method(
    "plan.list", "The plans of the catalogue, by code.", takes: CommonMembers.page,
    gives: Shapes.page(of: shape),
    .operatorRead { call in
      let page = try Page(call)
      let rows = try await call.read(PlanStatements.list(.string(page.after), page.fetch))
      let plans = try rows[0].map { try Plan($0, from: 0) }
      return page.result(plans, key: \.code) { $0.write(to: &$1) }
    })

  private static let get = Method(
    "plan.get", "One plan.", takes: [.required(PlanMembers.code)], gives: shape,
    errors: [.notFound],
    .operatorRead { call in
      let plan = try await find(call)
      return RawJSON { plan.write(to: &$0) }
    })

  private static let update = Method(
    "plan.update", "Changes a plan, for every company that is on it.",
    details: "Limits that are absent stay as they are; null lifts one. With another limit on deal "
      + "pipelines those of its companies freeze or thaw at once; what a shorter `retention` no longer "
      + "keeps is cleared away for good. dry_run tells what would come of it in each of the `companies` that "
      + "would notice, as tenant.set_plan does, and how many would be `untouched`.",
    takes: [
      .required(PlanMembers.code), .optional(PlanMembers.name), .optional(PlanMembers.limits),
      .clearable(PlanMembers.price), .clearable(PlanMembers.features),
      .optional(PlanMembers.retention),
    ], gives: .oneOf([shape, forecastShape]), errors: [.notFound], traits: [.versioned, .dryRun],
    .operatorWrite { call in
      let present = try await find(call)
      var plan = present
      if let name = call.arguments[optional: PlanMembers.name] { plan.name = name }
      for (limit, max) in call.arguments[optional: PlanMembers.limits] ?? [:] {
        plan.limits[limit] = max
      }
      switch call.arguments.change(PlanMembers.price) {
      case .unchanged: break
      case .clear: (plan.price, plan.currency) = (nil, nil)
      case .set(let price): (plan.price, plan.currency) = (price.amount, price.currency)
      }
      switch call.arguments.change(PlanMembers.features) {
      case .unchanged: break
      case .clear: plan.features = nil
      case .set(let features): plan.features = Set(features)
      }
      plan.retention.set(call.arguments[optional: PlanMembers.retention] ?? [:])
      if call.isDryRun { return try await forecast(present, to: plan, call) }
      var work = try change(present, to: plan, call)
      if plan.limits.dealPipelines != present.limits.dealPipelines {
        work.statements += try await freezing(plan, call)
      }
      if plan.limits != present.limits {
        work.statements += try await warning(of: plan, replacing: present.limits, call)
      }
      return work
    })

  private static let retire = Method(
    "plan.retire", "Takes a plan off the list: it can no longer be chosen. Who is on it stays.",
    takes: [.required(PlanMembers.code)], gives: shape, errors: [.notFound], traits: .versioned,
    .operatorWrite { call in
      let present = try await find(call)
      var plan = present
      plan.isActive = false
      return try change(present, to: plan, call)
    })

  private static func find(_ call: OperatorCall) async throws -> Plan {
    let rows = try await call.read(PlanStatements.get(.text(call.arguments[PlanMembers.code])))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "plan") }
    return try Plan(row, from: 0)
  }

  private static func change(
    _ present: Plan, to wanted: Plan, _ call: OperatorCall
  ) throws(RPCError) -> Work {
    try call.requireVersion(present.version)
    let answer = { (plan: Plan) in RawJSON { plan.write(to: &$0) } }
    return Work.update(present, to: wanted, answer: answer) { plan in
      var after = plan
      after.version += 1
      let update = PlanStatements.update.bind(
        plan.parameters + [.text(plan.isActive ? "active" : "retired"), .integer(plan.version)])
      return Work([update, PlanStatements.moveVersions(.text(plan.code))], answer: answer(after))
    }
  }

  private static let forecastShape = Schema.object(
    [
      "dry_run": .boolean, "plan": .string, "companies": .array(of: PlanForecast.schema()),
      "untouched": .integer,
    ], required: ["dry_run", "plan", "companies", "untouched"])

  /// What the companies on the plan would notice.
  private static func forecast(
    _ present: Plan, to plan: Plan, _ call: OperatorCall
  ) async throws -> Work {
    try call.requireVersion(present.version)
    var noticed: [PlanForecast] = []
    var untouched = 0
    for row in try await call.read(PlanStatements.companies(.text(plan.code)))[0] {
      let forecast = try await PlanForecast(
        call, tenant: try row.integer(0), slug: try row.string(1), from: present, to: plan)
      if forecast.changesAnything { noticed.append(forecast) } else { untouched += 1 }
    }
    return .nothing(
      RawJSON { [noticed, untouched] in
        $0.object {
          $0.member("dry_run", true)
          $0.member("plan", plan.code)
          $0.name("companies")
          $0.array { for company in noticed { $0.object { company.writeMembers(to: &$0) } } }
          $0.member("untouched", untouched)
        }
      })
  }

  /// What tells the companies on the plan of limits that are nearer than before, by what each uses now.
  private static func warning(
    of plan: Plan, replacing before: PlanLimits, _ call: OperatorCall
  ) async throws -> [BoundStatement] {
    var statements: [BoundStatement] = []
    for row in try await call.read(PlanStatements.companies(.text(plan.code)))[0] {
      let company = try row.integer(0)
      let context = ContextStatements.server(.integer(company))
      let usage = try TenantPlanStatements.usage(
        in: try await call.read(context, TenantPlanStatements.usage(.integer(company)))[1])
      let warnings = plan.limits.warnings(by: usage, replacing: before)
      guard !warnings.isEmpty else { continue }
      statements.append(context)
      statements += warnings.map {
        call.services.eventLedger.statement(
          company, at: call.now, user: nil, .warning($0, plan: plan.code))
      }
    }
    return statements
  }

  /// What freezes and thaws in the companies on the plan; one that comes to it meanwhile has all of it
  /// decided anew.
  private static func freezing(
    _ plan: Plan, _ call: OperatorCall
  ) async throws -> [BoundStatement] {
    let rows = try await call.read(PlanStatements.companies(.text(plan.code)))
    let companies = try rows[0].map { try $0.integer(0) }
    let allowed = Parameter.integer(plan.limits.dealPipelines)
    return [PlanStatements.requireCompanies(.text(plan.code), .integers(companies))]
      + companies.flatMap { company in
        [
          ContextStatements.server(.integer(company)),
          TenantPlanStatements.freeze(.integer(company), allowed),
        ]
      }
  }

  private static func isCode(_ text: String) -> Bool {
    let isPlain = { (byte: UInt8) in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    guard let first = text.utf8.first, isPlain(first), text.utf8.count <= 63 else { return false }
    return text.utf8.allSatisfy {
      isPlain($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
  }
}
