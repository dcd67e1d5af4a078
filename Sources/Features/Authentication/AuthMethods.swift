internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `auth.*`: who is asking.
enum AuthMethods {
  static let all = [login, token, logout, whoami, changePassword]

  private static let tenant = Member<String>.opaqueText(
    "tenant", length: 1...200, "The company's slug.")
  private static let email = Member<String>.opaqueText(
    "email", length: 1...500, "The user's e-mail address.")
  private static let password = Member<String>.opaqueText(
    "password", length: 1...1000, "The user's password.")
  private static let tokenText = Member<String>.opaqueText(
    "token", length: 1...500, "A token of the operator or of a session.")
  private static let endsSession = Member<Bool>.boolean(
    "session", "Whether the session ends for good, wherever its token is used.")
  private static let everywhere = Member<Bool>.boolean(
    "everywhere", "Whether all sessions of the user end, on every connection.")
  private static let current = password.renamed("current", "The present password.")
  private static let new = Member<String>.opaqueText(
    "new", length: 1...1000, "The new password: 8 to 200 characters.")

  private static let principalSchema = Schema.oneOf([
    .object(["kind": .constant("operator"), "name": .string], required: ["kind", "name"]),
    .object(
      ["kind": .constant("user"), "tenant": .string, "user": .anyObject],
      required: ["kind", "tenant", "user"]),
  ])

  private static let login = Method(
    "auth.login", "Logs a user of a company in on this connection.",
    details: "The token that comes back works with auth.token on any number of connections.",
    takes: [.required(tenant), .required(email), .required(password)],
    gives: .object(
      ["token": .string, "expires_at": .timestamp, "principal": principalSchema],
      required: ["token", "expires_at", "principal"]),
    errors: [.unauthenticated, .frozen], traits: [.secret, .bindsConnection],
    .open { call in
      try await Login(
        tenant: call.arguments[tenant], email: call.arguments[email],
        password: call.arguments[password], call: call
      ).perform()
    })

  private static let token = Method(
    "auth.token", "Logs the holder of a token in on this connection.",
    takes: [.required(tokenText)],
    gives: .object(["principal": principalSchema], required: ["principal"]),
    errors: [.unauthenticated, .frozen], traits: [.secret, .bindsConnection],
    .open { call in
      try await TokenLogin(text: call.arguments[tokenText], call: call).perform()
    })

  private static let loggedOut = RawJSON(["logged_out": true])

  private static let logout = Method(
    "auth.logout", "Logs out on this connection; or ends the session, or all of one's sessions.",
    details: "Without `session` and `everywhere` only the connection forgets who speaks: the token "
      + "stays good. A session that ends does so at once, on every connection its token has opened.",
    takes: [.optional(endsSession), .optional(everywhere)],
    gives: .object(["logged_out": .boolean], required: ["logged_out"]),
    traits: [.bindsConnection],
    .anyPrincipal(
      operator: { call in
        call.session.bind(nil)
        return loggedOut
      },
      tenant: { call in
        let user = Parameter.integer(call.standing.user)
        var ending: BoundStatement?
        if call.arguments[optional: everywhere] ?? false {
          ending = AuthenticationStatements.endSessions(call.tenantParameter, user, .null)
        } else if call.arguments[optional: endsSession] ?? false,
          case .user(_, _, let session, _)? = call.session.principal
        {
          ending = AuthenticationStatements.endSession(
            call.tenantParameter, user, .integer(session))
        }
        if let ending {
          try await call.commit(Work([ending], answer: loggedOut, movesVersion: true))
        }
        call.session.bind(nil)
        return loggedOut
      }))

  private static let whoami = Method(
    "auth.whoami", "Tells who is logged in on this connection.",
    gives: .object(["principal": principalSchema], required: ["principal"]),
    .anyPrincipal(
      operator: { call in
        _ = try await call.read()
        return RawJSON {
          $0.object {
            $0.name("principal")
            $0.operatorPrincipal()
          }
        }
      },
      tenant: { call in
        let standing = call.standing
        return RawJSON {
          $0.object {
            $0.name("principal")
            $0.principal(
              tenant: call.company.slug, user: standing.user, email: standing.email,
              name: standing.name, role: standing.role)
          }
        }
      }))

  private static let changePassword = Method(
    "auth.change_password", "Changes one's own password and ends one's other sessions.",
    takes: [.required(current), .required(new)],
    gives: .object(["changed": .boolean], required: ["changed"]),
    errors: [.invalid],
    .write(.member) { call in
      if let problem = Password.problem(in: call.arguments[new]) {
        throw RPCError.invalid([FieldProblem(path: "new", problem: problem.message)])
      }
      let user = Parameter.integer(call.standing.user)
      let rows = try await call.read(
        AuthenticationStatements.passwordHash(call.tenantParameter, user))
      let stored = try rows[0].first?.stringIfPresent(0).flatMap { PasswordHash($0) }
      guard try await call.services.passwords.verify(call.arguments[current], stored) else {
        throw RPCError.invalid([FieldProblem(path: "current", problem: "is not the password")])
      }
      let hash = try await call.services.passwords.hash(call.arguments[new])
      var kept = Parameter.null
      if case .user(_, _, let session, _)? = call.session.principal { kept = .integer(session) }
      return Work(
        [
          AuthenticationStatements.setPassword(call.tenantParameter, user, .text(hash.text)),
          AuthenticationStatements.endSessions(call.tenantParameter, user, kept),
        ], answer: RawJSON(["changed": true]), movesVersion: true)
    })
}
