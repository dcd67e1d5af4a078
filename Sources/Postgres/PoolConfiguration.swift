extension Pool {
  /// Sizes and patience of a pool.
  public struct Configuration: Sendable {
    /// How many connections are held. About 4 serve reads, 8 writes, 1 or 2 reports.
    public var connections: Int
    /// How many transactions may be in flight on each; a slow one delays those behind it. 1 for reports.
    public var inFlightPerConnection: Int
    /// How many transactions may wait for a place; further ones are refused at once.
    public var waiting: Int
    /// How long one may wait for a place, also while there is no connection.
    public var waitTimeout: Duration
    /// Whether statements are prepared on each connection when first used. To be switched off behind
    /// a pooler in transaction mode that knows no prepared statements.
    public var preparedStatements: Bool
    /// The pause after the first failure to connect; it doubles with each further one.
    public var backoffBase: Duration
    /// The longest pause between two attempts to connect.
    public var backoffLimit: Duration
    /// How long a closing pool lets what it has begun come to its end.
    public var drainTimeout: Duration

    /// A configuration; what is not said is as a pool for reads has it.
    public init(
      connections: Int = 4, inFlightPerConnection: Int = 16, waiting: Int = 1024,
      waitTimeout: Duration = .seconds(5), preparedStatements: Bool = true,
      backoffBase: Duration = .milliseconds(50), backoffLimit: Duration = .seconds(5),
      drainTimeout: Duration = .seconds(10)
    ) {
      self.connections = connections
      self.inFlightPerConnection = inFlightPerConnection
      self.waiting = waiting
      self.waitTimeout = waitTimeout
      self.preparedStatements = preparedStatements
      self.backoffBase = backoffBase
      self.backoffLimit = backoffLimit
      self.drainTimeout = drainTimeout
    }
  }
}
