internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `token.*`: tokens of people and programs.
enum TokenMethods {
  static let all = [create, list, revoke]

  private static let user = Member<Int64>.identifier("user", "Only tokens with this user's rights.")

  private static let shape = Schema.object(
    [
      "id": .identifier, "kind": .choice(TokenKind.allCases.map(\.rawValue)), "name": .string,
      "user": .identifier, "methods": Schema.array(of: .string).nullable,
      "networks": .array(of: .string), "assume": .boolean, "created_by": .identifier,
      "created_at": .timestamp, "expires_at": Schema.timestamp.nullable,
      "last_used_at": Schema.timestamp.nullable,
    ], required: ["id", "kind", "name", "user"])

  private static let create = Method(
    "token.create", "Makes a token that logs in by auth.token. It is shown this once.",
    details:
      "A token has its user's rights and never more; methods and networks narrow it. A service token "
      + "is made by an owner or admin, for a user whose role is no higher than theirs; with assume it "
      + "acts as others too, by auth.assume. It can make no tokens and change no passwords.",
    takes: [
      .required(TokenCreation.name), .optional(TokenCreation.kind), .optional(TokenCreation.user),
      .optional(TokenCreation.methods), .optional(TokenCreation.networks),
      .optional(TokenCreation.assume), .optional(TokenCreation.expiresAt),
    ],
    gives: shape.with(["token": .string]),
    errors: [.invalid, .notFound], traits: [.secret, .needsSession], feature: .apiTokens,
    .write(.member) { call in try await TokenCreation(call).work() })

  private static let list = Method(
    "token.list", "One's own tokens, by id; for owners and admins all of the company's.",
    details: "Never the secrets. last_used_at is true to the minute.",
    takes: [.optional(user)] + CommonMembers.page, gives: Shapes.page(of: shape),
    errors: [.notFound],
    .read(.member) { call in
      let page = try Page(call)
      if let user = call.arguments[optional: user] { try await UserSight.require(user, call) }
      let isAdmin = call.standing.holdsEverything
      let rows = try await call.read(
        TokenStatements.list(
          call.tenantParameter, .integer(try page.afterID()), page.fetch,
          .integer(isAdmin ? call.arguments[optional: user] : call.standing.user)))
      let tokens = try rows[0].map { try IssuedToken($0) }
      return page.result(tokens, key: { String($0.id) }) { token, writer in
        writer.object { token.writeMembers(to: &$0) }
      }
    })

  private static let revoke = Method(
    "token.revoke", "Ends a token at once, on open connections too.",
    takes: [.required(CommonMembers.id)],
    gives: .object(["id": .identifier, "revoked": .boolean], required: ["id", "revoked"]),
    errors: [.notFound],
    .write(.member) { call in
      let id = Parameter.integer(call.arguments[CommonMembers.id])
      let rows = try await call.read(TokenStatements.get(call.tenantParameter, id))
      guard let row = rows[0].first else { throw RPCError.notFound(what: "token") }
      let token = try IssuedToken(row)
      if token.kind == .personal, token.user != call.standing.user,
        let owner = try await call.standing(of: token.user)
      {
        try UserMethods.requireOwner(for: owner.role, call)
      }
      return Work(
        [TokenStatements.delete(call.tenantParameter, id)],
        answer: RawJSON(["id": .integer(token.id), "revoked": true]), before: token.shown,
        movesVersion: true)
    })
}

extension IssuedToken {
  /// What anybody may see of it: everything but the secret.
  var shown: RawJSON {
    RawJSON { $0.object { writeMembers(to: &$0) } }
  }
}
