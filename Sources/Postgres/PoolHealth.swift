extension Pool {
  /// A pool's state at one moment; the figures are each true, though not taken at the same instant.
  public struct Health: Sendable, Hashable {
    /// Connections that serve.
    public var connected = 0
    /// Connections being made, or waiting for their next attempt.
    public var connecting = 0
    /// Transactions waiting for a place on a connection.
    public var waiting = 0
    /// Transactions sent and not answered yet.
    public var inFlight = 0
    /// How often an open connection was lost since the start.
    public var connectionsLost = 0
    /// How the last connection or attempt to connect failed; `nil` once all connections serve again.
    public var lastError: PostgresError.Kind?
    /// The reason in libpq's or the server's words, for logs.
    public var lastErrorMessage: String?
  }
}
