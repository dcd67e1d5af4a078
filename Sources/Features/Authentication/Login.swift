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
      throw Self.refused
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
    let opening = try await SessionOpening(
      tenant: account.tenant, user: account.user, services: services, at: now)
    var statements = [ContextStatements.login()]
    statements += throttle.succeeded(at: now)
    statements.append(AuthenticationStatements.enterCompany(.text(tenant)))
    guard let stored = account.hash else { throw Self.refused }
    if stored.cost == services.passwords.cost {
      statements += opening.statements(password: stored)
    } else {
      let hash = try await services.passwords.hash(password)
      statements.append(
        AuthenticationStatements.deriveAnew(
          .integer(account.tenant), .integer(account.user), .text(hash.text),
          .text(stored.text)))
      statements += opening.statements(password: hash)
    }
    let epoch = try await services.directory.entry(account.tenant)?.company.auditEpoch
    statements.append(
      services.audit.row(
        tenant: account.tenant, epoch: epoch, at: now, by: AuditActor(opening.principal),
        from: call.session.origin.address, call.audited,
        Work([], answer: RawJSON(["id": .integer(account.user)]))))
    do throws(PostgresError) {
      _ = try await services.writes.transaction(statements)
    } catch {
      // The password was changed, or the account closed, while it was being verified.
      guard case .outrun = FailureKind(error) else { throw error }
      throw Self.refused
    }
    call.session.bind(opening.principal)
    return opening.answer(
      company: tenant, email: account.email, name: account.name, role: account.role)
  }

  private static var refused: RPCError {
    .unauthenticated("The company, e-mail address or password is wrong. Check all three.")
  }
}
