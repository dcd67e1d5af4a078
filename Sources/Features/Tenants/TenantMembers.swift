internal import JSONRPC
internal import SalesRules

/// What `tenant.*` takes.
enum TenantMembers {
  static let slug = Member<String>.opaqueText(
    "slug", length: 1...63, "The company's short name, typed at log-in: a-z, 0-9, hyphens.")
  static let tenant = slug.renamed("tenant", "The company's slug.")
  static let name = Member<String>.text("name", "The company's name.")
  static let plan = Member<String>.opaqueText("plan", length: 1...63, "The code of its plan.")
  static let locale = Member<Language>.choice("locale", "Its language: ru (the default) or en.")
  static let currency = Member<String>.opaqueText(
    "currency", length: 3...3, "The currency of its books by ISO 4217; RUB where it is absent.")
  static let timezone = Member<String>.opaqueText(
    "timezone", length: 1...64, "Its time zone, such as Europe/Moscow (the default).")
  static let template = Member<String>.opaqueText(
    "template", length: 1...64, "What it begins with; `none` where it is absent.")
  static let state = Member<TenantState>.choice("state", "Only companies in this state.")

  static let graceDays = Member<Int64>.integer(
    "grace_days", 0...3650,
    "For how many days it can be restored; where it is absent, as many as the server was told (30)."
  )

  static let email = Member<String>.opaqueText("email", length: 1...254, "An e-mail address.")
  static let userName = Member<String>.text("name", "The user's name.")
  static let password = Member<String>.opaqueText(
    "password", length: 1...1000, "A password of 8 to 200 characters.")
  static let admin = Member<Arguments>.object(
    "admin", [.required(email), .required(userName), .required(password)],
    "The first admin, who becomes the owner.")
}
