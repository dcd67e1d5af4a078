internal import SalesRules

/// Who speaks on a connection.
enum Principal: Sendable, Hashable {
  /// The operator of the installation, by one of the operator's tokens.
  case `operator`(token: Int64)
  /// A user of a company, by a session.
  case user(tenant: Int64, user: Int64, session: Int64, until: Timestamp)
  /// The holder of a token of a user of a company; `assumed` is the user as whom a service acts.
  case token(tenant: Int64, user: Int64, token: Int64, assumed: Int64?)
  /// The operator looking into a company as one of its people.
  case support(tenant: Int64, user: Int64, access: Int64, operatorToken: Int64, until: Timestamp)

  /// The company; nil for the operator as such.
  var tenant: Int64? {
    switch self {
    case .operator: nil
    case .user(let tenant, _, _, _), .token(let tenant, _, _, _),
      .support(let tenant, _, _, _, _):
      tenant
    }
  }

  /// To whom an idempotency key belongs, within the tenant (0: the installation).
  var keyOwner: String {
    switch self {
    case .operator: "operator"
    case .user(_, let user, _, _): "user:\(user)"
    case .token(_, _, let token, let assumed):
      assumed.map { "token:\(token):\($0)" } ?? "token:\(token)"
    case .support(_, _, let access, _, _): "support:\(access)"
    }
  }

  /// Whether a person has proved by their password to be there: some doors open to nobody else.
  var isSession: Bool {
    if case .user = self { true } else { false }
  }

  /// Whose hand it is, and in whose name.
  var actor: Actor {
    switch self {
    case .operator:
      Actor(user: nil, actingAs: nil, token: nil, support: nil)
    case .user(_, let user, _, _):
      Actor(user: user, actingAs: nil, token: nil, support: nil)
    case .token(_, let user, let token, let assumed):
      Actor(user: user, actingAs: assumed, token: token, support: nil)
    case .support(_, let user, let access, _, _):
      Actor(user: nil, actingAs: user, token: nil, support: access)
    }
  }
}

/// Whose hand does something, and in whose name, for what keeps a record of it.
struct Actor: Sendable, Hashable {
  /// The user whose session or token it is; nil for the operator.
  let user: Int64?
  /// The user as whom it is done, where that is somebody else.
  let actingAs: Int64?
  /// The token by which they came, if it was not by a password.
  let token: Int64?
  /// The operator's look into the company, if it is one.
  let support: Int64?
}
