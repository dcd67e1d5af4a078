internal import JSON
internal import Postgres
internal import SalesRules

/// A company as the operator sees it: what it is called and has, nothing of what is in it.
struct Tenant: Sendable, Equatable {
  let id: Int64
  let slug: String
  var name: String
  var plan: String
  var state: TenantState
  var locale: Language
  let currency: String
  var timezone: String
  let createdAt: Timestamp
  var version: Int64

  /// From the columns that `TenantStatements` selects.
  init(_ row: Row) throws {
    id = try row.integer(0)
    slug = try row.string(1)
    name = try row.string(2)
    plan = try row.string(3)
    state = try row.word(4)
    locale = try row.word(5)
    currency = try row.string(6)
    timezone = try row.string(7)
    createdAt = try row.timestamp(8)
    version = try row.integer(9)
  }

  init(
    id: Int64, slug: String, name: String, plan: String, locale: Language, currency: String,
    timezone: String, createdAt: Timestamp
  ) {
    self.id = id
    self.slug = slug
    self.name = name
    self.plan = plan
    state = .active
    self.locale = locale
    self.currency = currency
    self.timezone = timezone
    self.createdAt = createdAt
    version = 1
  }

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("id", id)
      $0.member("slug", slug)
      $0.member("name", name)
      $0.member("plan", plan)
      $0.member("state", state.rawValue)
      $0.member("locale", locale.rawValue)
      $0.member("currency", currency)
      $0.member("timezone", timezone)
      $0.member("created_at", createdAt)
      $0.member("version", version)
    }
  }
}
