internal import JSON
internal import VoronkaClient

/// `voronka accept`: chooses a password by an invitation, and logs in.
public struct AcceptCommand: ConsoleCommand {
  let readsPasswordFromInput: Bool

  /// An acceptance of the invitation in `--token` or `--token-file`; without either it is asked for.
  public init(readsPasswordFromInput: Bool) {
    self.readsPasswordFromInput = readsPasswordFromInput
  }

  /// Accepts, keeps the session in a profile, and says who one is now.
  public func run(in context: ConsoleContext) async throws {
    let invitation = try invitation(context)
    let password = try NewPassword.read(
      "New password", readsInput: readsPasswordFromInput, context: context)
    var credentials = try Credentials(context, ignoringDamage: true)
    credentials.sendsPassword = true
    let session = try await Session.open(credentials, context: context)
    let result: JSON
    do {
      result = try await session.call(
        "auth.accept", ["token": .string(invitation), "password": .string(password)])
    } catch {
      await session.close()
      throw error
    }
    await session.close()
    guard let token = result["token"]?.string else {
      throw ConsoleFailure.unreachable("The server took the invitation but gave no token.")
    }
    let principal = result["principal"]
    let name = Credentials.profileName(context)
    try ProfileStore(environment: context.environment).save(
      Profile(
        server: credentials.address.description, token: token,
        authorityFile: credentials.authorityFile, tenant: principal?["tenant"]?.string,
        email: principal?["user"]?["email"]?.string), as: name)
    context.present(
      Answer(json: ["principal": principal ?? .null, "profile": .string(name)]) { _ in
        ["Logged in as \(PrincipalText.line(principal)); kept as profile \(name)."]
      })
  }

  private func invitation(_ context: ConsoleContext) throws -> String {
    if let token = context.options.token, !token.isEmpty { return token }
    if let token = try Credentials.token(inFile: context.options.tokenFile) { return token }
    if let token = context.environment["VORONKA_INVITATION"], !token.isEmpty { return token }
    return try context.secret(
      "Invitation", alternative: "use --token-file FILE or VORONKA_INVITATION.")
  }
}
