internal import SalesRules

/// Who speaks on a connection.
enum Principal: Sendable, Hashable {
  /// The operator of the installation, by one of the operator's tokens.
  case `operator`(token: Int64)
  /// A user of a company, by a session.
  case user(tenant: Int64, user: Int64, session: Int64, until: Timestamp)

  /// To whom an idempotency key belongs, within the tenant (0: the installation).
  var keyOwner: String {
    switch self {
    case .operator: "operator"
    case .user(_, let user, _, _): "user:\(user)"
    }
  }
}
