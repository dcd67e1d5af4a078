internal import JSON
internal import JSONRPC
internal import SalesRules
internal import VoronkaClient

/// What the operator does to make room for a company; each step looks before it makes.
struct Installation: Sendable {
  /// A company to be.
  struct Draft: Sendable {
    let slug: String
    let name: String
    let locale: Language
    let currency: String
    let timezone: String
    let adminName: String
    let adminEmail: String
    let template: TenantTemplate
  }

  let caller: Caller

  /// The plan of this code, made without limits where there is none.
  func ensurePlan(_ code: String, name: String) async throws {
    guard try await caller.find("plan.get", ["code": .string(code)]) == nil else { return }
    let limits = JSONObject(PlanLimit.allCases.map { ($0.rawValue, JSON.null) })
    try await caller.call(
      "plan.create",
      ["code": .string(code), "name": .string(name), "limits": .object(limits)])
  }

  /// The company of this short name; nil where there is none.
  func tenant(_ slug: String) async throws -> JSON? {
    try await caller.find("tenant.get", ["tenant": .string(slug)])
  }

  /// Makes the company.
  func createTenant(_ draft: Draft, plan: String, password: String) async throws {
    try await caller.call(
      "tenant.create",
      [
        "slug": .string(draft.slug), "name": .string(draft.name), "plan": .string(plan),
        "locale": .string(draft.locale.rawValue), "currency": .string(draft.currency),
        "timezone": .string(draft.timezone), "template": .string(draft.template.code),
        "admin": [
          "email": .string(draft.adminEmail), "name": .string(draft.adminName),
          "password": .string(password),
        ],
      ])
  }

  /// A second connection, bound to the company's admin.
  func login(
    tenant: String, email: String, password: String, options: ConnectionOptions
  ) async throws -> Caller {
    let connection = try await ServerConnection.connect(
      to: caller.connection.address, options: options)
    do {
      _ = try await connection.call(
        "auth.login",
        [
          "tenant": .string(tenant), "email": .string(email), "password": .string(password),
        ])
    } catch let error as RPCError {
      await connection.close()
      guard error.kind == ErrorKind.unauthenticated.rawValue else {
        throw DemoError("auth.login", error)
      }
      throw DemoError(
        """
        The company \(tenant) is there already, but \(email) has another password: give it with \
        --password, or delete the company and begin again.
        """)
    }
    return Caller(connection: connection)
  }
}
