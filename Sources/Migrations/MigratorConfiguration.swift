/// How patient a migrator is.
public struct MigratorConfiguration: Sendable {
  /// How long it waits for another migrator to finish.
  public var lockWait: Duration = .seconds(300)
  /// How often it asks whether the other has finished.
  public var lockPoll: Duration = .milliseconds(100)
  /// How long a migration waits for a table's lock. While it waits, requests queue up behind it, so
  /// it gives up soon and tries again later.
  public var lockTimeout: Duration = .seconds(2)
  /// How many times a migration is tried when locks are not to be had.
  public var attempts = 30
  /// The pause between two attempts, in which the requests that queued up are served.
  public var pause: Duration = .seconds(1)

  /// The usual patience.
  public init() {}
}
