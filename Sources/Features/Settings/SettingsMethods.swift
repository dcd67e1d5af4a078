internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `settings.*` and `usage.get`: a company about itself.
enum SettingsMethods {
  static let all = [get, update, usage, CompanySetUp.method]

  private static let reopenDays = Member<Int64>.integer(
    "reopen_days", 0...3650, "For how many days a lost card can be reopened.")
  private static let lossReason = Member<Bool>.boolean(
    "require_loss_reason", "Whether losing names a reason.")
  private static let lossComment = Member<Bool>.boolean(
    "require_loss_comment", "Whether losing carries a comment, where the reason says nothing else.")
  private static let winReason = Member<Bool>.boolean(
    "require_win_reason", "Whether winning names a reason.")

  private static let leads = Member<Bool>.boolean(
    "leads", "Whether requests come as leads; without them each is a deal at once.")
  private static let paidInvoice = Member<Bool>.boolean(
    "paid_invoice_to_win", "Whether a deal is won only with a paid invoice.")

  private static let lastContact = Member<Bool>.boolean(
    "require_last_contact_on_renewal",
    "Whether a deal made on the base of one lost too long ago to reopen it takes a last-contact status, "
      + "where the company has any.")
  private static let winComment = Member<Bool>.boolean(
    "require_win_comment", "Whether winning carries a comment, where the reason says nothing else.")
  private static let invalidComment = Member<Bool>.boolean(
    "require_invalid_comment",
    "Whether declaring invalid carries a comment, where the reason says nothing else.")

  private static let supportAccess = Member<Bool>.boolean(
    "support_access",
    "Whether the operator may look into the company as one of its people, for a reason and a time.")

  private static let shape = Schema.object(
    [
      "name": .string, "slug": .string, "plan": .string, "locale": .string,
      "currency": .string, "timezone": .string, "reopen_days": .integer,
      "require_loss_reason": .boolean, "require_loss_comment": .boolean,
      "require_win_reason": .boolean, "paid_invoice_to_win": .boolean, "support_access": .boolean,
      "require_last_contact_on_renewal": .boolean, "leads": .boolean,
      "require_win_comment": .boolean, "require_invalid_comment": .boolean,
      "exported_at": Schema.timestamp.nullable, "version": .integer,
    ], required: ["name", "slug", "locale", "currency", "timezone", "version"])

  private static let get = Method(
    "settings.get", "The company's settings; its plan is told to owners and admins.", gives: shape,
    .read(.member) { call in
      CompanySettings(call.company).answer(withPlan: call.standing.holdsEverything)
    })

  private static let update = Method(
    "settings.update", "Changes the company's settings.",
    takes: [
      .optional(TenantMembers.name), .optional(TenantMembers.locale),
      .optional(TenantMembers.timezone), .optional(reopenDays), .optional(lossReason),
      .optional(lossComment), .optional(winReason), .optional(paidInvoice),
      .optional(supportAccess), .optional(leads), .optional(lastContact),
      .optional(winComment), .optional(invalidComment),
    ], gives: shape, errors: [.invalid], traits: .versioned,
    .write(.admin) { call in
      var settings = CompanySettings(call.company)
      try call.requireVersion(settings.version)
      if let name = call.arguments[optional: TenantMembers.name] { settings.name = name }
      if let locale = call.arguments[optional: TenantMembers.locale] { settings.locale = locale }
      if let timezone = call.arguments[optional: TenantMembers.timezone] {
        let known = try await call.read(TenantStatements.timezone(.text(timezone)))[0]
        guard !known.isEmpty else {
          throw RPCError.invalid([
            FieldProblem(
              path: "timezone", problem: "is not known; give a name such as Europe/Moscow")
          ])
        }
        settings.timezone = timezone
      }
      if let days = call.arguments[optional: reopenDays] { settings.rules.reopenDays = Int(days) }
      if let it = call.arguments[optional: lossReason] { settings.rules.requireLossReason = it }
      if let it = call.arguments[optional: lossComment] { settings.rules.requireLossComment = it }
      if let it = call.arguments[optional: winReason] { settings.rules.requireWinReason = it }
      if let it = call.arguments[optional: leads] { settings.takesLeads = it }
      if let it = call.arguments[optional: paidInvoice] { settings.rules.requirePaidInvoice = it }
      if let it = call.arguments[optional: lastContact] {
        settings.rules.requireLastContactOnRenewal = it
      }
      if let it = call.arguments[optional: winComment] { settings.rules.requireWinComment = it }
      if let it = call.arguments[optional: invalidComment] {
        settings.rules.requireInvalidComment = it
      }
      if let it = call.arguments[optional: supportAccess] {
        // Or whoever looks in by it would keep it open.
        try call.admission.requireSession()
        settings.allowsSupport = it
      }
      return Work.update(CompanySettings(call.company), to: settings, answer: \.answer) {
        settings in
        var after = settings
        after.version += 1
        // Switched off, the operator's looks that go on end for good.
        let ending = SupportStatements.endAll(call.tenantParameter, .timestamp(call.now))
        return Work(
          [statement(settings, call)] + (settings.allowsSupport ? [] : [ending])
            + indexing(settings, call),
          answer: after.answer, movesVersion: true)
      }
    })

  /// In another country other numbers are recognised in the cards' texts. Numbers that are kept stay as they
  /// are.
  private static func indexing(
    _ settings: CompanySettings, _ call: TenantCall
  ) -> [BoundStatement] {
    let home = HomeCountry(timezone: settings.timezone, currency: call.company.currency)
    guard home != call.company.home else { return [] }
    call.services.search.touch(call.tenant)
    return [SearchBacklog.beginning([.card], tenant: call.tenant)]
  }

  private static func statement(
    _ settings: CompanySettings, _ call: TenantCall
  ) -> BoundStatement {
    SettingsStatements.update(
      call.tenantParameter, .text(settings.name), .text(settings.locale.rawValue),
      .text(settings.timezone), .integer(settings.rules.reopenDays),
      .bool(settings.rules.requireLossReason), .bool(settings.rules.requireLossComment),
      .bool(settings.rules.requireWinReason), .integer(settings.version),
      .bool(settings.allowsSupport), .bool(settings.takesLeads),
      .bool(settings.rules.requirePaidInvoice),
      .bool(settings.rules.requireLastContactOnRenewal), .bool(settings.rules.requireWinComment),
      .bool(settings.rules.requireInvalidComment))
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
}
