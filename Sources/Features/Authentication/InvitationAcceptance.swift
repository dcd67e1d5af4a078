internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `auth.accept`: an invitation's token becomes a password and a session.
///
/// A token that is unknown, used or over its time is one and the same refusal, whatever the password.
struct InvitationAcceptance {
  let text: String
  let password: String
  let call: OpenCall

  private struct Invitation {
    let id: Int64
    let tenant: Int64
    let company: String
    let companyName: String
    let state: TenantState
    let user: Int64
    let email: String
    let name: String
    let role: TenantRole
  }

  private var services: Services { call.services }

  func perform() async throws -> RawJSON {
    let (token, tenant) = Self.read(text)
    let throttle = LoginThrottle(
      invitation: token.map { "\(tenant).\($0.id)" } ?? "", origin: call.session.origin,
      freeFailures: services.configuration.freeLoginFailures)
    return try await services.logins.take(throttle.accountKey) {
      try await perform(token, tenant, throttle)
    }
  }

  private static func read(_ text: String) -> (AccessToken?, tenant: Int64) {
    guard let token = AccessToken(text), case .invitation(let tenant) = token.holder else {
      return (nil, 0)
    }
    return (token, tenant)
  }

  private func perform(
    _ token: AccessToken?, _ tenant: Int64, _ throttle: LoginThrottle
  ) async throws -> RawJSON {
    let now = services.clock.now
    let results = try await services.writes.repeatable([
      ContextStatements.login(), throttle.look, ContextStatements.server(.integer(tenant)),
      InvitationStatements.find(
        .integer(tenant), .integer(token?.id ?? 0), .bytea(token?.hash ?? []), .timestamp(now)),
    ])
    try throttle.check(results[1], at: now)
    guard let token, let row = results[3].first else {
      _ = try await services.writes.transaction([
        ContextStatements.login(), throttle.failed(at: now),
      ])
      throw refused
    }
    let invitation = Invitation(
      id: token.id, tenant: tenant, company: try row.string(4), companyName: try row.string(5),
      state: try row.word(6), user: try row.integer(0), email: try row.string(1),
      name: try row.string(2), role: try row.word(3))
    guard invitation.state == .active else {
      throw RPCError.frozen(
        "The company is \(invitation.state.rawValue). Ask the operator of this installation.",
        state: invitation.state.rawValue)
    }
    let names = [
      invitation.email, invitation.name, invitation.company, invitation.companyName,
    ]
    if let problem = Password.problem(in: password, of: names) {
      throw RPCError.invalid([FieldProblem(path: "password", problem: problem.message)])
    }
    return try await accept(invitation, throttle, at: now)
  }

  private var refused: RPCError {
    .unauthenticated("The invitation is wrong, used or over. Ask an admin for a new one.")
  }

  private func accept(
    _ invitation: Invitation, _ throttle: LoginThrottle, at now: Timestamp
  ) async throws -> RawJSON {
    let hash = try await services.passwords.hash(password)
    let opening = try await SessionOpening(
      tenant: invitation.tenant, user: invitation.user, services: services, at: now)
    let (tenant, user) = (Parameter.integer(invitation.tenant), Parameter.integer(invitation.user))
    do throws(PostgresError) {
      _ = try await services.writes.transaction(
        [ContextStatements.login()] + throttle.forgotten + [
          ContextStatements.server(tenant),
          InvitationStatements.use(tenant, .integer(invitation.id)),
          AuthenticationStatements.setPassword(tenant, user, .text(hash.text)),
          AuthenticationStatements.endSessions(tenant, user, .null),
          // What servers have cached of the sessions that end is stale.
          ContextStatements.moveVersionUnguarded(tenant),
        ] + opening.statements(password: hash))
    } catch {
      // Somebody else was faster with it, or it has been taken back.
      guard case .outrun = FailureKind(error) else { throw error }
      throw refused
    }
    services.directory.forget(invitation.tenant)
    call.session.bind(opening.principal)
    return opening.answer(
      company: invitation.company, email: invitation.email, name: invitation.name,
      role: invitation.role)
  }
}
