internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `user.invite`: a secret by which somebody chooses a password, with an account that is made for it or is
/// there.
struct UserInvitation {
  private let call: TenantCall
  private let arguments: Arguments

  init(_ call: TenantCall) {
    self.call = call
    arguments = call.arguments
  }

  func work() async throws -> Work {
    if arguments[optional: CommonMembers.id] != nil { return try await again() }
    return try await first()
  }

  /// For somebody who is not there yet.
  private func first() async throws -> Work {
    let missing = [UserMethods.email.name, UserMethods.name.name].filter { !arguments.has($0) }
    guard missing.isEmpty else {
      throw RPCError.invalidParams(
        missing.map { FieldProblem(path: $0, problem: "is missing, as is id") })
    }
    let text = arguments[optional: UserMethods.email] ?? ""
    let role = arguments[optional: UserMethods.role] ?? .member
    try UserMethods.requireOwner(for: role, call)
    var checks = ValueChecks()
    checks.check("email", EmailAddress.problem(in: text))
    try checks.finish()
    try await UserMethods.requireRoom(call)
    let teams = Array(Set(arguments[optional: UserMethods.teams] ?? [])).sorted()
    let user = User(
      id: try await call.newID(.user), email: EmailAddress(text)?.address ?? "",
      name: arguments[optional: UserMethods.name] ?? "", role: role, createdAt: call.now,
      teams: teams, hasPassword: false)
    let insert = UserStatements.insert(
      call.tenantParameter, .integer(user.id), .text(user.email), .text(user.name),
      .text(role.rawValue), .null, .timestamp(call.now))
    let joining = TeamStatements.join(
      call.tenantParameter, .integer(user.id), .integers(teams))
    return try await invite(
      user, after: [insert] + (teams.isEmpty ? [] : [joining]) + [UserMethods.allowed(call)])
  }

  /// For somebody who is there: who has no password yet, or has forgotten it.
  private func again() async throws -> Work {
    let surplus = [
      UserMethods.email.name, UserMethods.name.name, UserMethods.role.name, UserMethods.teams.name,
    ].filter { arguments.has($0) }
    guard surplus.isEmpty else {
      throw RPCError.invalidParams(
        surplus.map { FieldProblem(path: $0, problem: "can't stand beside id; use user.update") })
    }
    let user = try await UserMethods.find(call)
    try UserMethods.requireOwner(for: user.role, call)
    guard user.id != call.standing.user else {
      // A connection left open must not be enough to take the account over.
      throw RPCError.invalid([
        FieldProblem(path: "id", problem: "is your own; change it with auth.change_password")
      ])
    }
    guard user.isActive else {
      throw RPCError.invalid([
        FieldProblem(path: "id", problem: "is deactivated; reactivate them first")
      ])
    }
    if user.hasPassword { try call.admission.requireSession() }
    return try await invite(
      user, after: [InvitationStatements.deleteAll(call.tenantParameter, .integer(user.id))])
  }

  private func invite(_ user: User, after statements: [BoundStatement]) async throws -> Work {
    let token = AccessToken(
      .invitation(tenant: call.tenant), id: try await call.newID(.invitation))
    let lifetime = call.services.configuration.invitationLifetime.components.seconds
    let end = call.now.adding(seconds: lifetime)
    let insert = InvitationStatements.insert(
      call.tenantParameter, .integer(token.id), .integer(user.id), .bytea(token.hash),
      .integer(call.standing.user), .timestamp(call.now), .timestamp(end))
    return Work(
      statements + [insert],
      answer: RawJSON {
        $0.object {
          user.writeMembers(to: &$0)
          $0.member("invitation") {
            $0.member("token", token.text)
            $0.member("expires_at", end)
          }
        }
      }, after: user.answer, movesVersion: true)
  }
}
