public import Postgres

extension TestDatabase {
  /// One engine serves all tests of the process.
  public static func engine() throws(PostgresError) -> Engine {
    try sharedEngine.get()
  }

  private static let sharedEngine = Result { () throws(PostgresError) in try Engine() }

  /// A connection of one's own for the length of the work.
  public func connected<Value>(
    as settings: ConnectionSettings, _ work: (DedicatedConnection) async throws -> Value
  ) async throws -> Value {
    let connection = try await DedicatedConnection.connect(settings, engine: try Self.engine())
    do {
      let value = try await work(connection)
      await connection.close()
      return value
    } catch {
      await connection.close()
      throw error
    }
  }
}
