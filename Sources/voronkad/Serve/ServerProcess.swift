internal import Features
internal import Foundation
internal import LocalPostgres
internal import Logging
internal import Metrics
internal import Postgres
internal import Server
internal import ServiceLifecycle
internal import UnixSignals

/// The server as a whole: its parts in the order in which they depend on each other, started in that
/// order and stopped in the other.
struct ServerProcess {
  private let command: Serve
  private let logger: Logger

  init(_ command: Serve, logger: Logger) {
    self.command = command
    self.logger = logger
  }

  func run() async throws {
    let configuration = try command.serverConfiguration()
    let metricsEndpoint = try command.metricsListen.map { try Endpoint($0) }
    // Whoever asks for what can't be is told before a database is made for it.
    try configuration.check()
    if let metricsEndpoint { try MetricsServer.check(metricsEndpoint) }
    try command.dataOptions.makeFolder()
    let metrics = PrometheusMetrics()
    MetricsSystem.bootstrap(metrics)
    let auditKeys = try command.auditKeys()
    let engine = try Engine()
    let database = try await InstallationDatabase.open(command.dataOptions, logger: logger)
    do {
      try await database.prepare(engine: engine, logger: logger)
      try await makeOperatorToken(database, engine: engine)
    } catch {
      await database.local?.stop()
      throw error
    }
    let pools = self.pools(database.application, engine: engine)
    var features = FeaturesConfiguration(serverVersion: BuildVersion.text)
    features.passwordCost.logarithmOfRounds = command.passwordCost
    features.deletionGraceDays = command.deletionGraceDays
    let folder = try command.dataOptions.folder
    features.diskRoom = { DiskRoom(under: folder) }
    features.auditKeys = auditKeys
    let dispatcher = Features.dispatcher(
      pools: pools, configuration: features, logger: logger)
    let (metricsPorts, opened) = AsyncStream.makeStream(of: Endpoint.self)
    if metricsEndpoint == nil { opened.finish() }
    let server = Server(
      configuration: configuration, logger: logger,
      onReady: { addresses in
        // Who reads the line may rely on all of it, metrics too.
        let further = await cancelWhenGracefulShutdown {
          await metricsPorts.reduce(into: []) { $0.append("\($1) (metrics)") }
        }
        if !Task.isShuttingDownGracefully {
          Self.announce(addresses.map(\.description) + further)
        }
      },
      makeHandler: { origin in dispatcher.makeHandler(origin) })
    var services: [any Service] = []
    if let local = database.local { services.append(local) }
    services += [engine, pools.reads, pools.writes, pools.reports]
    services += [Housekeeping(dispatcher: dispatcher, logger: logger)]
    services += [
      AuditSealing(dispatcher: dispatcher, logger: logger),
      SearchIndexing(dispatcher: dispatcher, logger: logger),
    ]
    if let metricsEndpoint {
      services.append(
        MetricsServer(
          endpoint: metricsEndpoint, metrics: metrics,
          onReady: {
            opened.yield($0)
            opened.finish()
          },
          readiness: { await Self.readiness(pools) }))
    }
    services += [CertificateReload(server: server, logger: logger), server]
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services.map {
          .init(
            service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup)
        }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
  }

  private func pools(_ settings: ConnectionSettings, engine: Engine) -> DatabasePools {
    let pool = { (name: String, connections: Int, inFlight: Int) in
      var named = settings
      named.applicationName = "voronkad \(name)"
      return Pool(
        engine: engine, settings: named,
        configuration: .init(
          connections: connections, inFlightPerConnection: inFlight, waiting: 10_000,
          preparedStatements: !command.dataOptions.pooler),
        logger: logger)
    }
    return DatabasePools(
      reads: pool("reads", 4, 16), writes: pool("writes", 8, 8), reports: pool("reports", 2, 1))
  }

  private func makeOperatorToken(
    _ database: InstallationDatabase, engine: Engine
  ) async throws {
    let file = OperatorTokenFile(folder: try command.dataOptions.folder)
    let connection = try await DedicatedConnection.connect(database.application, engine: engine)
    let made = try await OperatorTokens.createIfNone(
      on: connection, at: WallClock.system.now, keeping: file.prepare)
    await connection.close()
    if made == nil { try file.publishIfCutOff() } else { try file.publish() }
  }

  private static func announce(_ addresses: [String]) {
    let places = addresses.joined(separator: ", ")
    print("voronkad \(BuildVersion.text) is ready on \(places)")
    fflush(nil)
  }

  private static func readiness(_ pools: DatabasePools) async -> (isReady: Bool, text: String) {
    let reads = pools.reads.health
    let writes = pools.writes.health
    let isReady = reads.connected > 0 && writes.connected > 0
    return (
      isReady,
      "database connections: \(reads.connected + writes.connected), waiting: "
        + "\(reads.waiting + writes.waiting)"
    )
  }
}
