internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `auth.change_password`: another password for whoever knows the present one.
///
/// Guesses at the present one count like those at log-in: a connection left open is no place to guess.
struct PasswordChange {
  private let current: String
  private let new: String
  private let call: TenantCall

  init(current: String, new: String, _ call: TenantCall) {
    self.current = current
    self.new = new
    self.call = call
  }

  func work() async throws -> Work {
    let (standing, company) = (call.standing, call.company)
    let names = [standing.email, standing.name, company.slug, company.name]
    if let problem = Password.problem(in: new, of: names) {
      throw RPCError.invalid([FieldProblem(path: "new", problem: problem.message)])
    }
    try await verify()
    let user = Parameter.integer(standing.user)
    let hash = try await call.memory.hash(new, by: call.services.passwords)
    var kept = Parameter.null
    if case .user(_, _, let session, _) = call.admission.principal { kept = .integer(session) }
    return Work(
      [
        AuthenticationStatements.setPassword(call.tenantParameter, user, .text(hash.text)),
        AuthenticationStatements.endSessions(call.tenantParameter, user, kept),
        InvitationStatements.deleteAll(call.tenantParameter, user),
      ], answer: RawJSON(["changed": true]), movesVersion: true
    ).besideWrites()
  }

  private func verify() async throws {
    let services = call.services
    let throttle = LoginThrottle(
      tenant: call.company.slug, email: call.standing.email, origin: call.session.origin,
      freeFailures: services.configuration.freeLoginFailures)
    try await services.logins.take(throttle.accountKey) {
      let counted = try await services.writes.repeatable([
        ContextStatements.login(), throttle.look,
      ])[1]
      try throttle.check(counted, at: call.now)
      let rows = try await call.read(
        AuthenticationStatements.passwordHash(
          call.tenantParameter, .integer(call.standing.user)))
      let stored = try rows[0].first?.stringIfPresent(0).flatMap { PasswordHash($0) }
      if try await services.passwords.verify(current, stored) {
        _ = try await services.writes.transaction(
          [ContextStatements.login()] + throttle.succeeded(at: call.now))
        return
      }
      _ = try await services.writes.transaction([
        ContextStatements.login(), throttle.failed(at: call.now),
      ])
      throw RPCError.invalid([FieldProblem(path: "current", problem: "is not the password")])
    }
  }
}
