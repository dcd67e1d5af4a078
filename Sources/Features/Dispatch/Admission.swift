internal import JSONRPC
internal import SalesRules

/// A principal of a company who is still let in, with whose rights and by which token; asked anew with
/// every request.
struct Admission: Sendable {
  let principal: Principal
  /// Of the user in whose name the request is.
  let standing: Standing
  /// The token by which they came, if they did.
  let token: IssuedToken?

  /// When session, token or look end; nil for a token without an end.
  var end: Timestamp? {
    switch principal {
    case .user(_, _, _, let until), .support(_, _, _, _, let until): until
    case .token: token?.expiresAt
    case .operator: nil
    }
  }

  /// Lets a connection's principal in; nil where session, token, look or user have ended.
  static func admit(
    _ principal: Principal, from origin: ClientOrigin, to entry: CompanyEntry,
    _ services: Services, at now: Timestamp
  ) async throws -> Admission? {
    let directory = services.directory
    switch principal {
    case .operator:
      return nil
    case .user(_, let user, let session, let until):
      guard now < until, try await directory.isValid(session: session, at: now, in: entry) else {
        return nil
      }
      return try await admission(of: principal, as: user, nil, entry, services)
    case .token(_, let user, let id, let assumed):
      guard let token = try await directory.token(id, in: entry),
        token.isGood(at: now, from: origin), token.assumes || assumed == nil,
        let own = try await admission(of: principal, as: user, token, entry, services)
      else { return nil }
      guard let assumed else { return own }
      return try await admission(of: principal, as: assumed, token, entry, services)
    case .support(_, let user, let access, let operatorToken, let until):
      guard now < until, entry.company.allowsSupport,
        try await directory.isLive(
          support: access, by: operatorToken, at: now, in: entry.company.id)
      else { return nil }
      return try await admission(of: principal, as: user, nil, entry, services)
    }
  }

  private static func admission(
    of principal: Principal, as user: Int64, _ token: IssuedToken?, _ entry: CompanyEntry,
    _ services: Services
  ) async throws -> Admission? {
    guard let standing = try await services.directory.standing(of: user, in: entry),
      standing.isActive
    else { return nil }
    return Admission(principal: principal, standing: standing, token: token)
  }

  /// Refuses what the principal's kind, or its token, does not open, whatever the user's rights are.
  func requireAllowed(_ method: Method) throws(RPCError) {
    // Who one is, and leaving, is open to everybody.
    if method.isOfAuthentication { return }
    if method.traits.contains(.needsSession) { try requireSession() }
    guard let token else { return }
    let name = method.description.name
    guard token.methods?.contains(name) ?? true else {
      throw .forbidden(needs: "token:\(name)", "Your token is not for the method \(name).")
    }
    if let ceiling = token.ceiling, standing.role.outranks(ceiling) {
      throw .forbidden(
        needs: standing.role.rawValue,
        "The token was made by an \(ceiling.rawValue) and can't act as an \(standing.role.rawValue)."
      )
    }
  }

  /// Refuses whoever has not come by a password.
  func requireSession() throws(RPCError) {
    guard !principal.isSession else { return }
    throw .forbidden(
      needs: "session",
      "Log in with your password for this. It can't be done by a token or for others.")
  }
}
