internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `auth.*`: who is asking.
enum AuthMethods {
  static let all = [
    login, token, accept, logout, whoami, assume, changePassword,
  ]

  private static let tenant = Member<String>.opaqueText(
    "tenant", length: 1...200, "The company's slug.")
  private static let email = Member<String>.opaqueText(
    "email", length: 1...500, "The user's e-mail address.")
  private static let password = Member<String>.opaqueText(
    "password", length: 1...1000, "The user's password.")
  private static let tokenText = Member<String>.opaqueText(
    "token", length: 1...500, "A token of the operator, of a session, or from token.create.")
  private static let invitation = tokenText.renamed("token", "The invitation's token.")
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
      [
        "kind": .choice(["user", "service"]), "tenant": .string, "user": .anyObject,
        "token": .anyObject, "actor": .anyObject,
      ], required: ["kind", "tenant", "user"]),
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
    gives: .object(
      ["principal": principalSchema, "expires_at": Schema.timestamp.nullable],
      required: ["principal"]),
    errors: [.unauthenticated, .frozen], traits: [.secret, .bindsConnection],
    .open { call in
      try await TokenLogin(text: call.arguments[tokenText], call: call).perform()
    })

  private static let accept = Method(
    "auth.accept",
    "Turns an invitation into a password, and logs its holder in on this connection.",
    details:
      "An invitation comes from user.invite. It works once, and ends sessions that the user has.",
    takes: [.required(invitation), .required(password)],
    gives: .object(
      ["token": .string, "expires_at": .timestamp, "principal": principalSchema],
      required: ["token", "expires_at", "principal"]),
    errors: [.unauthenticated, .frozen, .invalid], traits: [.secret, .bindsConnection],
    .open { call in
      try await InvitationAcceptance(
        text: call.arguments[invitation], password: call.arguments[password], call: call
      ).perform()
    })

  private static let assume = Method(
    "auth.assume", "Acts as a user from the next request on, until auth.logout.",
    details:
      "For service tokens that were made for it: as any user of the company whose role is no higher than "
      + "that of the token's maker. For the operator: as a user of the company tenant, for a reason that "
      + "the company reads and for some minutes, unless its settings forbid it.",
    takes: [
      .required(Assumption.user), .optional(Assumption.tenant), .optional(Assumption.reason),
      .optional(Assumption.minutes),
    ],
    gives: .object(
      ["principal": principalSchema, "expires_at": .timestamp], required: ["principal"]),
    errors: [.forbidden, .notFound, .invalid], traits: [.bindsConnection],
    .anyPrincipal(
      operator: { call in try await SupportBeginning(call).perform() },
      tenant: { call in try await Assumption(call).perform() }))

  private static let loggedOut = RawJSON(["logged_out": true])

  private static let logout = Method(
    "auth.logout", "Logs out on this connection; or ends the session, or all of one's sessions.",
    details: "Without `session` and `everywhere` only the connection forgets who speaks: the token "
      + "stays good. A session that ends does so at once, on every connection its token has opened. "
      + "Who acts as somebody else by auth.assume is then themselves again.",
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
          try call.admission.requireSession()
          ending = AuthenticationStatements.endSessions(call.tenantParameter, user, .null)
        } else if call.arguments[optional: endsSession] ?? false {
          try call.admission.requireSession()
          if case .user(_, _, let session, _) = call.admission.principal {
            ending = AuthenticationStatements.endSession(
              call.tenantParameter, user, .integer(session))
          }
        }
        if let ending {
          try await call.commit(
            Work([ending], answer: loggedOut, movesVersion: true).besideWrites())
        }
        try await leave(call)
        return loggedOut
      }))

  /// Who acts as somebody else is themselves again; others are gone.
  private static func leave(_ call: TenantCall) async throws {
    switch call.admission.principal {
    case .token(let tenant, let user, let token, .some):
      call.session.bind(.token(tenant: tenant, user: user, token: token, assumed: nil))
    case .support(let tenant, _, let access, let operatorToken, _):
      try await call.commit(
        Work(
          [
            ContextStatements.server(.integer(tenant)),
            SupportStatements.end(.integer(tenant), .integer(access), .timestamp(call.now)),
          ], answer: RawJSON(["id": .integer(access), "ended_at": .string("\(call.now)")])))
      call.session.bind(.operator(token: operatorToken))
    default:
      call.session.bind(nil)
    }
  }

  private static let whoami = Method(
    "auth.whoami", "Tells who is logged in on this connection, by what, and until when.",
    details:
      "kind is user, service or operator; token is there where one came by a token, actor where somebody "
      + "else acts as the user. expires_at is null for what does not end by itself.",
    gives: .object(
      ["principal": principalSchema, "expires_at": Schema.timestamp.nullable],
      required: ["principal"]),
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
        RawJSON {
          $0.object {
            $0.name("principal")
            $0.principal(call.admission, of: call.company)
            $0.member("expires_at", call.admission.end)
          }
        }
      }))

  private static let changePassword = Method(
    "auth.change_password", "Changes one's own password and ends one's other sessions.",
    takes: [.required(current), .required(new)],
    gives: .object(["changed": .boolean], required: ["changed"]),
    errors: [.invalid, .rateLimited], traits: .needsSession,
    .write(.member) { call in
      try await PasswordChange(
        current: call.arguments[current], new: call.arguments[new], call
      ).work()
    })
}
