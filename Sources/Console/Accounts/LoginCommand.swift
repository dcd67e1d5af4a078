internal import JSON
internal import VoronkaClient

/// `voronka login`: proves who one is and keeps the token in a profile.
public struct LoginCommand: ConsoleCommand {
  let tenant: String?
  let email: String?
  let readsPasswordFromInput: Bool

  /// A log-in of a user by tenant and e-mail, or, with `--token-file`, by a token at hand.
  public init(tenant: String?, email: String?, readsPasswordFromInput: Bool) {
    self.tenant = tenant
    self.email = email
    self.readsPasswordFromInput = readsPasswordFromInput
  }

  /// Logs in, keeps the token, and says who one is now.
  public func run(in context: ConsoleContext) async throws {
    let token = try context.options.token ?? Credentials.token(inFile: context.options.tokenFile)
    if let token { return try await keep(token, context: context) }
    guard let tenant, let email else {
      throw ConsoleFailure.usage(
        "Say who you are: --tenant SLUG --email ADDRESS, or --token-file FILE.")
    }
    let password = try password(context)
    var credentials = try Credentials(context, ignoringDamage: true)
    credentials.sendsPassword = true
    let session = try await Session.open(credentials, context: context)
    let result = try await session.call(
      "auth.login",
      ["tenant": .string(tenant), "email": .string(email), "password": .string(password)])
    await session.close()
    guard let token = result["token"]?.string else {
      throw ConsoleFailure.unreachable("The server logged in but gave no token.")
    }
    try save(
      token, credentials: credentials, tenant: tenant, email: email,
      principal: result["principal"], context: context)
  }

  /// Tries a token, such as the operator's, before keeping it.
  private func keep(_ token: String, context: ConsoleContext) async throws {
    var credentials = try Credentials(context, ignoringDamage: true)
    credentials.sendsPassword = true
    let session = try await Session.open(credentials, context: context)
    let result = try await session.call("auth.token", ["token": .string(token)])
    await session.close()
    try save(
      token, credentials: credentials, tenant: result["principal"]?["tenant"]?.string,
      email: result["principal"]?["user"]?["email"]?.string, principal: result["principal"],
      context: context)
  }

  private func save(
    _ token: String, credentials: Credentials, tenant: String?, email: String?, principal: JSON?,
    context: ConsoleContext
  ) throws {
    let name = Credentials.profileName(context)
    try ProfileStore(environment: context.environment).save(
      Profile(
        server: credentials.address.description, token: token,
        authorityFile: credentials.authorityFile, tenant: tenant, email: email), as: name)
    let answer = Answer(json: ["principal": principal ?? .null, "profile": .string(name)]) { _ in
      ["Logged in as \(PrincipalText.line(principal)); kept as profile \(name)."]
    }
    context.present(answer)
  }

  private func password(_ context: ConsoleContext) throws -> String {
    if readsPasswordFromInput {
      guard let line = context.input.readLine(), !line.isEmpty else {
        throw ConsoleFailure.usage("No password came on standard input.")
      }
      return line
    }
    if let password = context.environment["VORONKA_PASSWORD"], !password.isEmpty {
      return password
    }
    return try context.secret(
      "Password", alternative: "use --password-stdin or VORONKA_PASSWORD.")
  }
}
