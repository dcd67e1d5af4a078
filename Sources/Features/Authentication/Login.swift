internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A log-in with slug, e-mail and password.
///
/// What is wrong is never told, nor shown by the time the answer takes: an unknown company or account
/// costs the same derivation and the same transactions as a known one.
struct Login {
  let tenant: String
  let email: String
  let password: String
  let call: OpenCall

  private struct Account {
    let tenant: Int64
    let state: TenantState
    let user: Int64
    let email: String
    let name: String
    let role: TenantRole
    let isActive: Bool
    let hash: PasswordHash?
  }

  private var services: Services { call.services }

  func perform() async throws -> RawJSON {
    let throttle = LoginThrottle(
      tenant: tenant, email: email, origin: call.session.origin,
      freeFailures: services.configuration.freeLoginFailures)
    return try await services.logins.take(throttle.accountKey) {
      try await perform(throttle)
    }
  }

  private func perform(_ throttle: LoginThrottle) async throws -> RawJSON {
    let now = services.clock.now
    let results = try await services.writes.repeatable([
      ContextStatements.login(), throttle.look,
      AuthenticationStatements.enterCompany(.text(tenant)), AuthenticationStatements.company(),
      AuthenticationStatements.account(.text(email)),
    ])
    try throttle.check(results[1], at: now)
    let account = try Self.account(company: results[3], account: results[4])
    let isRight = try await services.passwords.verify(password, account?.hash)
    guard isRight, let account, account.isActive else {
      _ = try await services.writes.transaction([
        ContextStatements.login(), throttle.failed(at: now),
      ])
      throw RPCError.unauthenticated(
        "The company, e-mail address or password is wrong. Check all three.")
    }
    guard account.state == .active else {
      throw RPCError.frozen(
        "The company is \(account.state.rawValue). Ask the operator of this installation.",
        state: account.state.rawValue)
    }
    return try await begin(account, throttle, at: now)
  }

  private static func account(company: Rows, account: Rows) throws -> Account? {
    guard let company = company.first, let row = account.first else { return nil }
    return Account(
      tenant: try company.integer(0), state: try company.word(1), user: try row.integer(0),
      email: try row.string(1), name: try row.string(2), role: try row.word(3),
      isActive: try row.string(4) == "active",
      hash: try row.stringIfPresent(5).flatMap { PasswordHash($0) })
  }

  private func begin(
    _ account: Account, _ throttle: LoginThrottle, at now: Timestamp
  ) async throws -> RawJSON {
    let tenant = Parameter.integer(account.tenant)
    let user = Parameter.integer(account.user)
    let id = try await services.identities.next(.session, tenant: account.tenant)
    let token = AccessToken(.session(tenant: account.tenant), id: id)
    let end = now.adding(seconds: services.configuration.sessionLifetime.components.seconds)
    var statements = [ContextStatements.login()]
    statements += throttle.succeeded(at: now)
    statements += [
      AuthenticationStatements.enterCompany(.text(self.tenant)),
      AuthenticationStatements.forgetEndedSessions(tenant, user, .timestamp(now)),
      AuthenticationStatements.createSession(
        tenant, .integer(id), user, .bytea(token.hash), .timestamp(now), .timestamp(end)),
    ]
    if account.hash?.cost != services.passwords.cost {
      let hash = try await services.passwords.hash(password)
      statements.append(AuthenticationStatements.setPassword(tenant, user, .text(hash.text)))
    }
    _ = try await services.writes.transaction(statements)
    call.session.bind(
      .user(tenant: account.tenant, user: account.user, session: id, until: end))
    return RawJSON {
      $0.object {
        $0.member("token", token.text)
        $0.member("expires_at", end)
        $0.name("principal")
        $0.principal(
          tenant: self.tenant, user: account.user, email: account.email, name: account.name,
          role: account.role)
      }
    }
  }
}

extension JSONWriter {
  /// The operator, as `auth.*` shows it.
  mutating func operatorPrincipal() {
    object {
      $0.member("kind", "operator")
      $0.member("name", "operator")
    }
  }

  /// A user of a company, as `auth.*` shows it.
  mutating func principal(
    tenant: String, user: Int64, email: String, name: String, role: TenantRole
  ) {
    object {
      $0.member("kind", "user")
      $0.member("tenant", tenant)
      $0.member("user") {
        $0.member("id", user)
        $0.member("email", email)
        $0.member("name", name)
        $0.member("role", role.rawValue)
      }
    }
  }
}
