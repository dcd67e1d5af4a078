internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `token.create`: a token for oneself, or for a program of the company's.
struct TokenCreation {
  static let kind = Member<TokenKind>.choice(
    "kind", "personal, with one's own rights, which is usual; or service, for a program.")
  static let name = Member<String>.text("name", length: 1...100, "What it is for.")
  static let user = Member<Int64>.identifier(
    "user", "Of a service token: the user whose rights it has.")
  static let methods = Member<[String]>.array(
    "methods", of: .opaqueText("method", length: 1...100, "A method, or noun.*."), count: 1...500,
    "The only methods it is for, such as deal.get or deal.*; absent for all.")
  static let networks = Member<[String]>.array(
    "networks", of: .opaqueText("network", length: 1...60, "An address or a network."),
    count: 1...50,
    "The only addresses it is taken from, such as 192.0.2.0/24 or 2001:db8::/32; absent for all.")
  static let assume = Member<Bool>.boolean(
    "assume", "Of a service token: whether it may act as other users, by auth.assume.")
  static let expiresAt = CommonMembers.moment("expires_at", "When it ends; absent for never.")

  /// Somebody's tokens are not more than this.
  static let most = 100

  private let call: TenantCall
  private let arguments: Arguments

  init(_ call: TenantCall) {
    self.call = call
    arguments = call.arguments
  }

  func work() async throws -> Work {
    let kind = arguments[optional: Self.kind] ?? .personal
    let methods = arguments[optional: Self.methods].map { MethodSubset($0) }
    let networks = try checked(kind, methods)
    let user = try await user(of: kind)
    try await requireRoom(for: user)
    let secret = AccessToken(
      kind == .service ? .service(tenant: call.tenant) : .personal(tenant: call.tenant),
      id: try await call.newID(.token))
    let token = IssuedToken(
      id: secret.id, kind: kind, name: arguments[Self.name], user: user, methods: methods,
      networks: networks, assumes: arguments[optional: Self.assume] ?? false,
      ceiling: kind == .service ? call.standing.role : nil, createdBy: call.standing.user,
      createdAt: call.now, expiresAt: arguments[optional: Self.expiresAt])
    return Work(
      [insert(token, secret)],
      answer: RawJSON {
        $0.object {
          token.writeMembers(to: &$0)
          $0.member("token", secret.text)
        }
      }, after: token.shown, movesVersion: true)
  }

  private func insert(_ token: IssuedToken, _ secret: AccessToken) -> BoundStatement {
    TokenStatements.insert(
      call.tenantParameter, .integer(token.id), .integer(token.user), .text(token.kind.rawValue),
      .text(token.name), .bytea(secret.hash), token.methods.map { .strings($0.names) } ?? .null,
      .strings(token.networks.map(\.text)), .bool(token.assumes),
      .string(token.ceiling?.rawValue), .integer(token.createdBy), .timestamp(token.createdAt),
      .timestamp(token.expiresAt))
  }

  /// Everything that is wrong with the values at once.
  private func checked(_ kind: TokenKind, _ methods: MethodSubset?) throws -> [SourceNetwork] {
    var checks = ValueChecks()
    for name in methods?.unknown(among: Features.methodNames) ?? [] {
      checks.note("methods", "\(name) is no method; rpc.discover lists them")
    }
    var networks: [SourceNetwork] = []
    for (index, text) in (arguments[optional: Self.networks] ?? []).enumerated() {
      if let network = SourceNetwork(text) {
        networks.append(network)
      } else {
        checks.note(
          "networks[\(index)]", "has to be an address or a network such as 192.0.2.0/24")
      }
    }
    if let end = arguments[optional: Self.expiresAt], end <= call.now {
      checks.note("expires_at", "lies in the past")
    }
    switch kind {
    case .personal:
      if arguments.has(Self.user.name) { checks.note("user", "is for service tokens") }
      if arguments[optional: Self.assume] == true {
        checks.note("assume", "is for service tokens")
      }
    case .service:
      if arguments[optional: Self.user] == nil {
        checks.note("user", "has to say whose rights the service has")
      }
    }
    try checks.finish()
    return networks
  }

  private func user(of kind: TokenKind) async throws -> Int64 {
    guard kind == .service else { return call.standing.user }
    guard call.standing.holdsEverything else {
      throw RPCError.forbidden(
        needs: "admin", "Only an owner or admin of the company may make service tokens.")
    }
    guard let user = arguments[optional: Self.user],
      let standing = try await call.standing(of: user)
    else { throw RPCError.notFound(what: "user") }
    guard standing.isActive else {
      throw RPCError.invalid([
        FieldProblem(path: "user", problem: "\(standing.name) is deactivated")
      ])
    }
    guard !standing.role.outranks(call.standing.role) else {
      throw RPCError.forbidden(
        needs: standing.role.rawValue, "A service can't have a higher role than you have.")
    }
    return user
  }

  private func requireRoom(for user: Int64) async throws {
    let count = try await call.read(
      TokenStatements.count(call.tenantParameter, .integer(user)))[0][0].integer(0)
    guard count < Self.most else {
      throw RPCError.conflict(
        "There are \(count) tokens of this user. Revoke those that are not needed any more.")
    }
  }
}
