internal import JSON
internal import SalesRules

/// A company's settings, as they are told and changed.
struct CompanySettings: Equatable {
  private let slug: String
  private let plan: String
  private let currency: String
  var name: String
  var locale: Language
  var timezone: String
  var rules: ClosingRules
  var version: Int64

  /// The present ones.
  init(_ company: Company) {
    slug = company.slug
    plan = company.plan.code
    currency = company.currency
    name = company.name
    locale = company.locale
    timezone = company.timezone
    rules = company.rules
    version = company.settingsVersion
  }

  /// The methods' result.
  var answer: RawJSON {
    RawJSON {
      $0.object {
        $0.member("name", name)
        $0.member("slug", slug)
        $0.member("plan", plan)
        $0.member("locale", locale.rawValue)
        $0.member("currency", currency)
        $0.member("timezone", timezone)
        $0.member("reopen_days", rules.reopenDays)
        $0.member("require_loss_reason", rules.requireLossReason)
        $0.member("require_loss_comment", rules.requireLossComment)
        $0.member("require_win_reason", rules.requireWinReason)
        $0.member("version", version)
      }
    }
  }
}
