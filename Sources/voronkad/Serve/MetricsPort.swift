internal import Server
internal import ServiceLifecycle

/// The operator's HTTP port, with its real address for those who wait until it is open.
struct MetricsPort: Service {
  private let server: MetricsServer
  private let opened: AsyncStream<Endpoint>
  private let opening: AsyncStream<Endpoint>.Continuation

  init(
    endpoint: Endpoint, metrics: PrometheusMetrics, readiness: @escaping MetricsServer.Readiness
  ) {
    let (opened, opening) = AsyncStream<Endpoint>.makeStream()
    self.opened = opened
    self.opening = opening
    server = MetricsServer(
      endpoint: endpoint, metrics: metrics, onReady: { opening.yield($0) }, readiness: readiness)
  }

  func run() async throws {
    // Nobody waits for a port that could not be opened.
    defer { opening.finish() }
    try await server.run()
  }

  /// Its address as the ready line names it, once it is open; none where it could not be opened.
  var description: [String] {
    get async {
      for await endpoint in opened { return ["\(endpoint) (metrics)"] }
      return []
    }
  }
}
