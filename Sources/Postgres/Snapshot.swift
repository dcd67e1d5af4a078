/// One moment of the database, to be read in as many steps as it takes: a transaction that only reads, on a
/// connection of its own.
///
/// It holds back the clearing away of old rows in the whole database while it lasts: close it soon. When
/// nothing is asked of it for five minutes, the server ends it.
public final class Snapshot: Sendable {
  private let connection: DedicatedConnection

  private init(_ connection: DedicatedConnection) {
    self.connection = connection
  }

  /// Takes it; `opening` are statements that hold for all of it.
  static func take(
    _ settings: ConnectionSettings, engine: Engine, opening: [BoundStatement]
  ) async throws(PostgresError) -> Snapshot {
    let connection = try await DedicatedConnection.connect(settings, engine: engine)
    do {
      _ = try await connection.execute([PoolStatements.beginSnapshot()])
      _ = try await connection.execute(
        [PoolStatements.endIdleSnapshot()] + (settings.transactionPrelude.map { [$0] } ?? [])
          + opening)
      return Snapshot(connection)
    } catch {
      await connection.close()
      throw error
    }
  }

  /// Runs statements that see the moment. After an error it is of no more use.
  public func read(_ statements: [BoundStatement]) async throws(PostgresError) -> [Rows] {
    try await connection.execute(statements)
  }

  /// Ends it.
  public func close() async {
    await connection.close()
  }
}

extension Pool {
  /// One moment of the database, on a connection that is none of the pool's.
  /// - Parameter opening: statements, such as the context, that hold for all of it.
  public func snapshot(
    _ opening: BoundStatement...
  ) async throws(PostgresError) -> Snapshot {
    try await Snapshot.take(settings, engine: engine, opening: opening)
  }
}
