internal import JSON

/// What a new tenant is made of.
public struct TenantDraft: Sendable {
  /// Its short name in lower case, by which it is known at log-in.
  public var slug: String
  /// The company's name.
  public var name: String
  /// The code of its plan.
  public var plan: String
  /// The first admin's address.
  public var email: String
  /// The first admin's name.
  public var adminName: String
  /// `ru` or `en`; the server's choice without one.
  public var locale: String?
  /// A currency's code, such as `RUB`.
  public var currency: String?
  /// A time zone's name, such as `Europe/Moscow`.
  public var timezone: String?
  /// A template that makes the first pipelines.
  public var template: String?
  /// Whether the admin's password comes on standard input.
  public var readsPasswordFromInput = false

  var password = ""

  /// A tenant on a plan with its first admin.
  public init(slug: String, name: String, plan: String, email: String, adminName: String) {
    self.slug = slug
    self.name = name
    self.plan = plan
    self.email = email
    self.adminName = adminName
  }

  var params: JSON {
    var params: JSONObject = [
      "slug": .string(slug), "name": .string(name), "plan": .string(plan),
      "admin": [
        "email": .string(email), "name": .string(adminName), "password": .string(password),
      ],
    ]
    params["locale"] = locale.map { .string($0) }
    params["currency"] = currency.map { .string($0) }
    params["timezone"] = timezone.map { .string($0) }
    params["template"] = template.map { .string($0) }
    return .object(params)
  }
}
