internal import LocalPostgres
internal import Logging
internal import Postgres
internal import Testing

/// The cluster and the engine that all tests of a run share; each test takes pools and tables of its own.
struct Bench: Sendable {
  let engine: Engine
  let settings: ConnectionSettings

  private static let making = Task {
    let cluster = try await TemporaryCluster.shared()
    let settings = ConnectionSettings(
      host: cluster.postgres.socketFolder, port: cluster.postgres.port, database: "postgres",
      user: BootstrapStatements.superuser)
    return Bench(engine: try Engine(), settings: settings)
  }

  static func shared() async throws -> Bench {
    try await making.value
  }

  /// Runs the body with a pool, which is closed afterwards.
  func withPool<Result: Sendable>(
    _ configuration: Pool.Configuration = .init(connections: 2, waitTimeout: .seconds(60)),
    settings: ConnectionSettings? = nil, _ body: (Pool) async throws -> Result
  ) async throws -> Result {
    let pool = Pool(
      engine: engine, settings: settings ?? self.settings, configuration: configuration,
      logger: .silent)
    do {
      let result = try await body(pool)
      await pool.close()
      return result
    } catch {
      await pool.close(draining: false)
      throw error
    }
  }

  /// Runs SQL of the test's own on a connection of its own.
  @discardableResult
  func script(_ sql: String) async throws -> [Rows] {
    let connection = try await DedicatedConnection.connect(settings, engine: engine)
    let results = try await connection.executeScript(sql)
    await connection.close()
    return results
  }

  /// Ends a backend, and returns when it is gone.
  func terminate(_ backend: Int64) async throws {
    let connection = try await DedicatedConnection.connect(settings, engine: engine)
    _ = try await connection.execute([
      Statement("select pg_terminate_backend($1::integer, 10000)")(.integer(backend))
    ])
    await connection.close()
  }
}

extension Logger {
  static var silent: Logger {
    Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
  }
}

/// What a call throws, which must be the engine's error.
func postgresError<Value>(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Value
) async throws -> PostgresError {
  try await #require(
    throws: PostgresError.self, sourceLocation: sourceLocation
  ) { _ = try await body() }
}

/// Returns when the pool's own figures say so.
func until(_ condition: () -> Bool) async throws {
  while !condition() {
    try Task.checkCancellation()
    try await Task.sleep(for: .milliseconds(1))
  }
}
