/// What an operator may set about the methods.
public struct FeaturesConfiguration: Sendable {
  /// The version of the server, for `system.hello`.
  public var serverVersion: String
  /// What a derivation of a password costs.
  public var passwordCost: PasswordCost
  /// How long a session lasts after log-in.
  public var sessionLifetime: Duration
  /// How many wrong passwords are free before each further one costs time.
  public var freeLoginFailures: Int

  /// The usual settings.
  public init(
    serverVersion: String, passwordCost: PasswordCost = .usual,
    sessionLifetime: Duration = .seconds(30 * 86_400), freeLoginFailures: Int = 5
  ) {
    self.serverVersion = serverVersion
    self.passwordCost = passwordCost
    self.sessionLifetime = sessionLifetime
    self.freeLoginFailures = freeLoginFailures
  }
}
