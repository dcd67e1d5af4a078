internal import Postgres

/// What an operator may set about the methods.
public struct FeaturesConfiguration: Sendable {
  /// The version of the server, for `system.hello`.
  public var serverVersion: String
  /// What a derivation of a password costs.
  public var passwordCost: PasswordCost
  /// How long a session lasts after log-in.
  public var sessionLifetime: Duration
  /// How long an invitation can be accepted.
  public var invitationLifetime: Duration
  /// How many wrong passwords are free before each further one costs time.
  public var freeLoginFailures: Int
  /// For how many days a deleted company can be restored, where the deletion does not say.
  public var deletionGraceDays: Int
  /// How much room the disk under the data folder has, where there is one.
  public var diskRoom: @Sendable () -> DiskRoom? = { nil }
  /// How many transactions of one company are at work at the same time, of reads and of writes each;
  /// further ones wait in the company's own line.
  public var transactionsPerCompany = 16
  /// The same of reports: fewer than there are connections for them, so that one company's long ones
  /// leave a place for the others'.
  public var reportsPerCompany = 1
  /// How long a request beyond its plan's requests a second is kept before it is refused, so that a
  /// program that asks again at once costs next to nothing.
  public var refusalPause: Duration = .milliseconds(100)
  /// The most places of a word in a company for a search to begin with them.
  var rareWordPlaces: Int64 = 3000
  /// The most cards of those whom a member sees for a board to go through these.
  var fewCards: Int64 = 500
  /// How many cards a search goes through for words more common than that, in steps.
  var searchSteps: [Int64] = [500, 2500, 12_000]
  /// Is shown the statements of each transaction that reads in a company; for `voronkad bench`.
  var watch: (@Sendable ([BoundStatement]) -> Void)?
  /// How often a server with subscribers looks for events that other servers have written.
  public var eventInterval: Duration = .seconds(1)
  /// For how long events are kept, so that who was away can go on where they were.
  public var eventRetention: Duration = .seconds(7 * 86_400)
  /// The keys of the audit; every server of one installation has the same.
  public var auditKeys = AuditKeys.ofThisProcess

  /// The usual settings.
  public init(
    serverVersion: String, passwordCost: PasswordCost = .usual,
    sessionLifetime: Duration = .seconds(30 * 86_400),
    invitationLifetime: Duration = .seconds(7 * 86_400), freeLoginFailures: Int = 5,
    deletionGraceDays: Int = 30
  ) {
    self.serverVersion = serverVersion
    self.passwordCost = passwordCost
    self.sessionLifetime = sessionLifetime
    self.invitationLifetime = invitationLifetime
    self.freeLoginFailures = freeLoginFailures
    self.deletionGraceDays = deletionGraceDays
  }
}
