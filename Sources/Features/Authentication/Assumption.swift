internal import JSON
internal import JSONRPC
internal import SalesRules

/// `auth.assume` of a service token that may: the connection acts as another user from the next request on.
struct Assumption {
  static let user = Member<Int64>.identifier("user", "As whom the connection acts.")
  static let tenant = Member<String>.opaqueText(
    "tenant", length: 1...200, "For the operator: the company's slug.")
  static let reason = Member<String>.text(
    "reason", length: 3...500, "For the operator: why; the company reads it.")
  static let minutes = Member<Int64>.integer(
    "minutes", 1...240, "For the operator: for how long; 30 where it is absent.")
  static let usualMinutes: Int64 = 30

  private let call: TenantCall

  init(_ call: TenantCall) {
    self.call = call
  }

  func perform() async throws -> RawJSON {
    guard case .token(let tenant, let own, let id, _) = call.admission.principal,
      let token = call.admission.token, token.assumes
    else {
      throw RPCError.forbidden(
        needs: "assume", "Only a service token that was made for it acts as somebody else.")
    }
    let surplus = [Self.tenant.name, Self.reason.name, Self.minutes.name].filter {
      call.arguments.has($0)
    }
    guard surplus.isEmpty else {
      throw RPCError.invalidParams(
        surplus.map { FieldProblem(path: $0, problem: "is for the operator") })
    }
    let user = call.arguments[Self.user]
    guard let standing = try await call.standing(of: user) else {
      throw RPCError.notFound(what: "user")
    }
    guard standing.isActive else {
      throw RPCError.invalid([FieldProblem(path: "user", problem: "is deactivated")])
    }
    if let ceiling = token.ceiling, standing.role.outranks(ceiling) {
      throw RPCError.forbidden(
        needs: standing.role.rawValue, "The token can't act as an \(standing.role.rawValue).")
    }
    if !call.isProved { try await call.prove() }
    let principal = Principal.token(tenant: tenant, user: own, token: id, assumed: user)
    call.session.bind(principal)
    let admission = Admission(principal: principal, standing: standing, token: token)
    return RawJSON {
      $0.object {
        $0.name("principal")
        $0.principal(admission, of: call.company)
      }
    }
  }
}
