internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A log-in with a token: the operator's, a session's from `auth.login`, or one from `token.create`.
struct TokenLogin {
  let text: String
  let call: OpenCall

  private var services: Services { call.services }

  func perform() async throws -> RawJSON {
    guard let token = AccessToken(text) else { throw refused }
    switch token.holder {
    case .operator: return try await asOperator(token)
    case .session(let tenant): return try await bySession(token, tenant)
    case .personal(let tenant): return try await byToken(token, .personal, tenant)
    case .service(let tenant): return try await byToken(token, .service, tenant)
    case .invitation: throw refused
    }
  }

  private var refused: RPCError {
    .unauthenticated("The token is wrong or has ended. Log in again, or ask for a new one.")
  }

  private func asOperator(_ token: AccessToken) async throws -> RawJSON {
    let results = try await services.reads.repeatable([
      ContextStatements.login(),
      AuthenticationStatements.operatorToken(.integer(token.id), .bytea(token.hash)),
    ])
    guard !results[1].isEmpty else { throw refused }
    call.session.bind(.operator(token: token.id))
    return RawJSON {
      $0.object {
        $0.name("principal")
        $0.operatorPrincipal()
      }
    }
  }

  private func bySession(_ token: AccessToken, _ tenant: Int64) async throws -> RawJSON {
    let results = try await services.reads.repeatable([
      ContextStatements.server(.integer(tenant)),
      AuthenticationStatements.session(
        .integer(tenant), .integer(token.id), .bytea(token.hash), .timestamp(call.now)),
    ])
    guard let row = results[1].first else { throw refused }
    let (user, end) = (try row.integer(0), try row.timestamp(1))
    return try await bind(
      .user(tenant: tenant, user: user, session: token.id, until: end), until: end)
  }

  /// From a network for which it is not, a right token is answered like a wrong one: whoever found it does
  /// not learn that it is one.
  private func byToken(
    _ token: AccessToken, _ kind: TokenKind, _ tenant: Int64
  ) async throws -> RawJSON {
    let results = try await services.reads.repeatable([
      ContextStatements.server(.integer(tenant)),
      TokenStatements.find(.integer(tenant), .integer(token.id), .bytea(token.hash)),
    ])
    guard let row = results[1].first else { throw refused }
    let issued = try IssuedToken(row)
    guard issued.kind == kind, issued.isGood(at: call.now, from: call.session.origin) else {
      throw refused
    }
    let answer = try await bind(
      .token(tenant: tenant, user: issued.user, token: issued.id, assumed: nil),
      until: issued.expiresAt)
    await services.tokenUses.note(issued.id, of: tenant, at: call.now)
    return answer
  }

  private func bind(_ principal: Principal, until end: Timestamp?) async throws -> RawJSON {
    guard let tenant = principal.tenant else { throw refused }
    // What is cached may be old: the company is asked anew.
    services.directory.forget(tenant)
    guard let entry = try await services.directory.entry(tenant) else { throw refused }
    let company = entry.company
    guard company.state == .active else {
      throw RPCError.frozen(
        "The company is \(company.state.rawValue). Ask the operator of this installation.",
        state: company.state.rawValue)
    }
    guard
      let admission = try await Admission.admit(
        principal, from: call.session.origin, to: entry, services, at: call.now)
    else { throw refused }
    call.session.bind(principal)
    return RawJSON {
      $0.object {
        $0.member("expires_at", end)
        $0.name("principal")
        $0.principal(admission, of: company)
      }
    }
  }
}
