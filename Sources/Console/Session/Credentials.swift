internal import VoronkaClient

/// Which server, and by what right: from the options, else the environment, else the profile.
struct Credentials: Sendable {
  let address: ServerAddress
  let token: String?
  let authorityFile: String?
  /// Whether a password is going to be sent, which is as secret as a token.
  var sendsPassword = false

  /// Finds out what to use. Logging in passes `ignoringDamage`, since it replaces what is damaged.
  init(_ context: ConsoleContext, ignoringDamage: Bool = false) throws {
    let options = context.options
    let profile = ignoringDamage ? try? Self.profile(context) : try Self.profile(context)
    // A profile named on the command line is closer to the person than the environment is; one that
    // is about to be made says nothing yet.
    let isProfileNamed = Self.given(options.profile) != nil && profile != nil
    let environment = isProfileNamed ? [:] : context.environment
    let explicit = Self.given(options.server) ?? Self.given(environment["VORONKA_SERVER"])
    let address = try Self.address(
      explicit ?? profile?.server ?? "127.0.0.1:\(ServerAddress.defaultPort)")
    self.address = address
    // A profile's token belongs to the profile's server and is shown to no other.
    let isProfilesServer = profile.map { $0.server == address.description } ?? false
    authorityFile =
      Self.given(options.authorityFile) ?? Self.given(environment["VORONKA_CA"])
      ?? (isProfilesServer ? profile?.authorityFile : nil)
    token =
      try Self.given(options.token) ?? Self.token(inFile: options.tokenFile)
      ?? Self.given(environment["VORONKA_TOKEN"]) ?? (isProfilesServer ? profile?.token : nil)
  }

  private static func address(_ text: String) throws -> ServerAddress {
    do {
      return try ServerAddress(parsing: text)
    } catch let error as ConnectionError {
      throw ConsoleFailure.usage(error.message)
    }
  }

  /// The name of the profile meant: `--profile`, VORONKA_PROFILE, or `default`.
  static func profileName(_ context: ConsoleContext) -> String {
    given(context.options.profile) ?? given(context.environment["VORONKA_PROFILE"]) ?? "default"
  }

  /// A token kept in a file, such as the operator's.
  static func token(inFile path: String?) throws -> String? {
    guard let path else { return nil }
    let bytes = try FileBytes.contents(of: path)
    let token = String(decoding: bytes, as: UTF8.self).trimmingSpaces()
    guard !token.isEmpty else { throw ConsoleFailure.usage("\(path) holds no token.") }
    return token
  }

  private static func profile(_ context: ConsoleContext) throws -> Profile? {
    let name = profileName(context)
    let isAskedFor = name != "default"
    guard let store = try? ProfileStore(environment: context.environment) else {
      guard !isAskedFor else {
        throw ConsoleFailure.usage("Profiles need HOME or XDG_CONFIG_HOME to be set.")
      }
      return nil
    }
    let profile = try store.load(name)
    guard profile != nil || !isAskedFor else {
      throw ConsoleFailure.usage(
        "There is no profile \"\(name)\": make it with voronka login --profile \(name).")
    }
    return profile
  }

  private static func given(_ text: String?) -> String? {
    text.flatMap { $0.isEmpty ? nil : $0 }
  }
}
