internal import JSON
internal import Postgres
internal import SalesRules

/// A session that begins: its token, and what writes it.
struct SessionOpening {
  let tenant: Int64
  let user: Int64
  let token: AccessToken
  let end: Timestamp
  private let now: Timestamp

  /// A session of a user, from now on.
  init(tenant: Int64, user: Int64, services: Services, at now: Timestamp) async throws {
    self.tenant = tenant
    self.user = user
    self.now = now
    let id = try await services.identities.next(.session, tenant: tenant)
    token = AccessToken(.session(tenant: tenant), id: id)
    end = now.adding(seconds: services.configuration.sessionLifetime.components.seconds)
  }

  /// Writes it, while the user is active and has the password by which they came; otherwise the
  /// transaction is rolled back. So a log-in that runs side by side with a change of the password or a
  /// deactivation leaves no session behind.
  func statements(password: PasswordHash) -> [BoundStatement] {
    let (tenant, user) = (Parameter.integer(tenant), Parameter.integer(user))
    return [
      AuthenticationStatements.forgetEndedSessions(tenant, user, .timestamp(now)),
      AuthenticationStatements.createSession(
        tenant, .integer(token.id), user, .bytea(token.hash), .timestamp(now), .timestamp(end),
        .text(password.text)),
    ]
  }

  /// Who speaks on the connection then.
  var principal: Principal {
    .user(tenant: tenant, user: user, session: token.id, until: end)
  }

  /// What the user is told.
  func answer(company: String, email: String, name: String, role: TenantRole) -> RawJSON {
    RawJSON {
      $0.object {
        $0.member("token", token.text)
        $0.member("expires_at", end)
        $0.name("principal")
        $0.principal(tenant: company, user: user, email: email, name: name, role: role)
      }
    }
  }
}
