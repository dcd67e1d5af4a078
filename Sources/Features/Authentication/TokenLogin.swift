internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A log-in with a token: the operator's, or a session's from `auth.login`.
struct TokenLogin {
  let text: String
  let call: OpenCall

  private var services: Services { call.services }

  func perform() async throws -> RawJSON {
    guard let token = AccessToken(text) else { throw refused }
    switch token.holder {
    case .operator: return try await asOperator(token)
    case .session(let tenant): return try await inCompany(token, tenant)
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

  private func inCompany(_ token: AccessToken, _ tenant: Int64) async throws -> RawJSON {
    let results = try await services.reads.repeatable([
      ContextStatements.server(.integer(tenant)),
      AuthenticationStatements.session(
        .integer(tenant), .integer(token.id), .bytea(token.hash), .timestamp(call.now)),
    ])
    guard let row = results[1].first else { throw refused }
    let (user, end) = (try row.integer(0), try row.timestamp(1))
    // What is cached may be old: the company is asked anew.
    services.directory.forget(tenant)
    guard let entry = try await services.directory.entry(tenant) else { throw refused }
    let company = entry.company
    guard company.state == .active else {
      throw RPCError.frozen(
        "The company is \(company.state.rawValue). Ask the operator of this installation.",
        state: company.state.rawValue)
    }
    guard let standing = try await services.directory.standing(of: user, in: entry),
      standing.isActive
    else { throw refused }
    call.session.bind(.user(tenant: tenant, user: user, session: token.id, until: end))
    return RawJSON {
      $0.object {
        $0.member("expires_at", end)
        $0.name("principal")
        $0.principal(
          tenant: company.slug, user: user, email: standing.email, name: standing.name,
          role: standing.role)
      }
    }
  }
}
