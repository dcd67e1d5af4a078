/// How far a client has come: what its idle time-out goes by.
public enum ClientStanding: Sendable {
  /// Nobody is logged in yet.
  case anonymous
  /// Somebody is.
  case loggedIn
  /// Somebody is, and waits for events.
  case subscribed
}
