internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `settings.*` and `usage.get`: a company about itself.
enum SettingsMethods {
  static let all = [get, update, usage]

  private static let reopenDays = Member<Int64>.integer(
    "reopen_days", 0...3650, "For how many days a lost card can be reopened.")
  private static let lossReason = Member<Bool>.boolean(
    "require_loss_reason", "Whether losing names a reason.")
  private static let lossComment = Member<Bool>.boolean(
    "require_loss_comment", "Whether losing carries a comment.")
  private static let winReason = Member<Bool>.boolean(
    "require_win_reason", "Whether winning names a reason.")

  private static let supportAccess = Member<Bool>.boolean(
    "support_access",
    "Whether the operator may look into the company as one of its people, for a reason and a time.")

  private static let shape = Schema.object(
    [
      "name": .string, "slug": .string, "plan": .string, "locale": .string,
      "currency": .string, "timezone": .string, "reopen_days": .integer,
      "require_loss_reason": .boolean, "require_loss_comment": .boolean,
      "require_win_reason": .boolean, "support_access": .boolean,
      "exported_at": Schema.timestamp.nullable, "version": .integer,
    ], required: ["name", "slug", "locale", "currency", "timezone", "version"])

  private static let get = Method(
    "settings.get", "The company's settings; its plan is told to owners and admins.", gives: shape,
    .read(.member) { call in
      answer(call.company, withPlan: call.standing.holdsEverything)
    })

  private static let update = Method(
    "settings.update", "Changes the company's settings.",
    takes: [
      .optional(TenantMembers.name), .optional(TenantMembers.locale),
      .optional(TenantMembers.timezone), .optional(reopenDays), .optional(lossReason),
      .optional(lossComment), .optional(winReason), .optional(supportAccess),
    ], gives: shape, errors: [.invalid], traits: .versioned,
    .write(.admin) { call in
      var company = call.company
      try call.requireVersion(company.settingsVersion)
      if let name = call.arguments[optional: TenantMembers.name] { company.name = name }
      if let locale = call.arguments[optional: TenantMembers.locale] { company.locale = locale }
      if let timezone = call.arguments[optional: TenantMembers.timezone] {
        let known = try await call.read(TenantStatements.timezone(.text(timezone)))[0]
        guard !known.isEmpty else {
          throw RPCError.invalid([
            FieldProblem(
              path: "timezone", problem: "is not known; give a name such as Europe/Moscow")
          ])
        }
        company.timezone = timezone
      }
      if let days = call.arguments[optional: reopenDays] { company.rules.reopenDays = Int(days) }
      if let it = call.arguments[optional: lossReason] { company.rules.requireLossReason = it }
      if let it = call.arguments[optional: lossComment] { company.rules.requireLossComment = it }
      if let it = call.arguments[optional: winReason] { company.rules.requireWinReason = it }
      if let it = call.arguments[optional: supportAccess] { company.allowsSupport = it }
      return Work.update(call.company, to: company, answer: answer) { company in
        var after = company
        after.settingsVersion += 1
        // Switched off, the operator's looks that go on end for good.
        let ending = SupportStatements.endAll(call.tenantParameter, .timestamp(call.now))
        return Work(
          [statement(company, call)] + (company.allowsSupport ? [] : [ending]),
          answer: answer(after), movesVersion: true)
      }
    })

  private static func statement(_ company: Company, _ call: TenantCall) -> BoundStatement {
    SettingsStatements.update(
      call.tenantParameter, .text(company.name), .text(company.locale.rawValue),
      .text(company.timezone), .integer(company.rules.reopenDays),
      .bool(company.rules.requireLossReason), .bool(company.rules.requireLossComment),
      .bool(company.rules.requireWinReason), .integer(company.settingsVersion),
      .bool(company.allowsSupport))
  }

  private static let usage = Method(
    "usage.get", "How much of its plan the company uses.",
    gives: PlanUsage.schema,
    .read(.admin) { call in
      let rows = try await call.read(TenantPlanStatements.usage(call.tenantParameter))
      return try PlanUsage(
        call.company.plan, rows[0], tenant: call.tenant, services: call.services
      ).answer
    })

  private static func answer(_ company: Company) -> RawJSON {
    answer(company, withPlan: true)
  }

  private static func answer(_ company: Company, withPlan: Bool) -> RawJSON {
    RawJSON {
      $0.object {
        $0.member("name", company.name)
        $0.member("slug", company.slug)
        if withPlan { $0.member("plan", company.plan.code) }
        $0.member("locale", company.locale.rawValue)
        $0.member("currency", company.currency)
        $0.member("timezone", company.timezone)
        $0.member("reopen_days", company.rules.reopenDays)
        $0.member("require_loss_reason", company.rules.requireLossReason)
        $0.member("require_loss_comment", company.rules.requireLossComment)
        $0.member("require_win_reason", company.rules.requireWinReason)
        $0.member("support_access", company.allowsSupport)
        $0.member("exported_at", company.exportedAt)
        $0.member("version", company.settingsVersion)
      }
    }
  }
}
