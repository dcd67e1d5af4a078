internal import Features
internal import LocalPostgres
internal import Logging
internal import Postgres

extension BenchmarkInstallation {
  /// The methods in this process, on the same database and as the same role as the server's.
  func withMethods<Result: Sendable>(
    _ body: (BenchmarkMethods) async throws -> Result
  ) async throws -> Result {
    let settings = try Self.settings(options.folder, for: BootstrapStatements.application)
    var logger = Logger(
      label: "voronkad.bench", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = .error
    let pool = { [engine, logger] (inFlight: Int) in
      Pool(
        engine: engine, settings: settings,
        configuration: .init(connections: 1, inFlightPerConnection: inFlight), logger: logger)
    }
    let pools = DatabasePools(reads: pool(16), writes: pool(8), reports: pool(1))
    do {
      let result = try await body(BenchmarkMethods(pools: pools, logger: logger))
      await close(pools)
      return result
    } catch {
      await close(pools)
      throw error
    }
  }

  private func close(_ pools: DatabasePools) async {
    for pool in [pools.reads, pools.writes, pools.reports] { await pool.close() }
  }
}
