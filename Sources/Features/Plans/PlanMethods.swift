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
      "price": Shapes.moneyReference.nullable, "features": .array(of: .string),
      "retired": .boolean, "version": .integer,
    ], required: ["code", "name", "limits", "version"])

  private static let create = Method(
    "plan.create", "Adds a plan to the catalogue.",
    details: "A limit that is absent or null is no limit.",
    takes: [
      .required(PlanMembers.code), .required(PlanMembers.name), .optional(PlanMembers.limits),
      .optional(PlanMembers.price), .optional(PlanMembers.features),
    ], gives: shape, errors: [.invalid],
    .operatorWrite { call in
      let price = call.arguments[optional: PlanMembers.price]
      var limits = PlanLimits()
      for (limit, max) in call.arguments[optional: PlanMembers.limits] ?? [:] {
        limits[limit] = max
      }
      let plan = Plan(
        code: call.arguments[PlanMembers.code], name: call.arguments[PlanMembers.name],
        price: price?.amount, currency: price?.currency, limits: limits,
        features: call.arguments[optional: PlanMembers.features] ?? [], isActive: true, version: 1)
      var checks = ValueChecks()
      if !isCode(plan.code) {
        checks.note("code", "use small letters, digits, - and _, a letter or digit first")
      }
      try checks.finish()
      return Work(
        [PlanStatements.insert.bind(plan.parameters + [.timestamp(call.now)])],
        answer: RawJSON { plan.write(to: &$0) })
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
    details: "Limits that are absent stay as they are; null lifts one.",
    takes: [
      .required(PlanMembers.code), .optional(PlanMembers.name), .optional(PlanMembers.limits),
      .clearable(PlanMembers.price), .optional(PlanMembers.features),
    ], gives: shape, errors: [.notFound], traits: .versioned,
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
      if let features = call.arguments[optional: PlanMembers.features] { plan.features = features }
      return try change(present, to: plan, call)
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
