/// How long the server waits for what.
public struct ServerTimeouts: Sendable, Hashable {
  /// For a TLS handshake.
  public var handshake = Duration.seconds(10)
  /// For a first line, and for the next one while nobody is logged in.
  public var anonymous = Duration.seconds(60)
  /// For the next line once somebody is logged in.
  public var loggedIn = Duration.seconds(600)
  /// For the next line of somebody who waits for events.
  public var subscribed = Duration.seconds(3600)
  /// For a client that takes nothing while more than `ServerLimits.stalledBytes` wait for it.
  public var stalledReader = Duration.seconds(30)
  /// For a client to read the last words before its connection goes.
  public var lingering = Duration.seconds(1)
  /// For what runs when the server is to stop.
  public var drain = Duration.seconds(20)
  /// How often the connections' times are looked at.
  public var checkInterval = Duration.seconds(1)

  /// The defaults.
  public init() {}
}
