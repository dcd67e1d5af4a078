internal import JSON

/// Who did something, and as whom.
struct AuditActor: Sendable, Equatable {
  /// What kind of principal it was.
  enum Kind: String, Sendable {
    case user
    /// By a token of theirs, or a service's that acts as them.
    case token
    case `operator`
    case server
  }

  let kind: Kind
  /// The token, or that of the operator.
  var token: Int64?
  /// The session of a user, or the operator's look into the company.
  var session: Int64?
  /// As whom it was done.
  var user: Int64?

  /// What of a principal the audit keeps.
  init(_ principal: Principal) {
    switch principal {
    case .operator(let token):
      self.init(kind: .operator, token: token)
    case .user(_, let user, let session, _):
      self.init(kind: .user, session: session, user: user)
    case .token(_, let user, let token, let assumed):
      self.init(kind: .token, token: token, user: assumed ?? user)
    case .support(_, let user, let access, let token, _):
      self.init(kind: .operator, token: token, session: access, user: user)
    }
  }

  init(kind: Kind, token: Int64? = nil, session: Int64? = nil, user: Int64? = nil) {
    self.kind = kind
    self.token = token
    self.session = session
    self.user = user
  }

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("kind", kind.rawValue)
      $0.member("token", token)
      $0.member("session", session)
      $0.member("user", user)
    }
  }
}
