internal import JSON
internal import SalesRules

/// A company's settings, as they are told and changed.
struct CompanySettings: Equatable {
  private let slug: String
  private let plan: String
  private let currency: String
  private let exportedAt: Timestamp?
  var name: String
  var locale: Language
  var timezone: String
  var rules: ClosingRules
  var allowsSupport: Bool
  var takesLeads: Bool
  var version: Int64

  /// The present ones.
  init(_ company: Company) {
    slug = company.slug
    plan = company.plan.code
    currency = company.currency
    name = company.name
    locale = company.locale
    timezone = company.timezone
    exportedAt = company.exportedAt
    rules = company.rules
    allowsSupport = company.allowsSupport
    takesLeads = company.takesLeads
    version = company.settingsVersion
  }

  /// The methods' result, for owners and admins.
  var answer: RawJSON { answer(withPlan: true) }

  /// The methods' result.
  func answer(withPlan: Bool) -> RawJSON {
    RawJSON {
      $0.object {
        $0.member("name", name)
        $0.member("slug", slug)
        if withPlan { $0.member("plan", plan) }
        $0.member("locale", locale.rawValue)
        $0.member("currency", currency)
        $0.member("timezone", timezone)
        $0.member("reopen_days", rules.reopenDays)
        $0.member("require_loss_reason", rules.requireLossReason)
        $0.member("require_loss_comment", rules.requireLossComment)
        $0.member("require_win_reason", rules.requireWinReason)
        $0.member("paid_invoice_to_win", rules.requirePaidInvoice)
        $0.member("require_last_contact_on_renewal", rules.requireLastContactOnRenewal)
        $0.member("require_win_comment", rules.requireWinComment)
        $0.member("require_invalid_comment", rules.requireInvalidComment)
        $0.member("support_access", allowsSupport)
        $0.member("leads", takesLeads)
        $0.member("exported_at", exportedAt)
        $0.member("version", version)
      }
    }
  }
}
