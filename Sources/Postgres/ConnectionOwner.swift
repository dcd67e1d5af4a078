/// Who uses a connection: a pool, or a dedicated one's owner. Called on the engine's thread.
protocol ConnectionOwner: AnyObject {
  /// Ready for its first transaction.
  func connectionDidOpen(_ connection: Connection)

  /// A transaction was answered, or the socket takes more again.
  func connectionHasRoom(_ connection: Connection)

  /// Closed, or never opened. What was in flight has its answers, apart from `unsent`: those certainly
  /// did not happen and may be sent on another connection.
  func connectionDidClose(_ connection: Connection, error: PostgresError, unsent: [Transaction])
}
