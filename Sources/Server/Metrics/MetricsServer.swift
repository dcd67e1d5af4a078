internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
public import ServiceLifecycle

/// The operator's HTTP port: `/livez`, `/readyz` and `/metrics`.
public final class MetricsServer: Service {
  /// Whether the server can answer requests, and a sentence on it for people.
  public typealias Readiness = @Sendable () async -> (isReady: Bool, text: String)

  private let endpoint: Endpoint
  private let pages: MetricsPages
  private let onReady: @Sendable (Endpoint) async -> Void

  /// A server that does nothing until it is run.
  /// - Parameters:
  ///   - onReady: called with the real port once the port is open.
  ///   - readiness: asked at each `/readyz`.
  public init(
    endpoint: Endpoint, metrics: PrometheusMetrics,
    onReady: @escaping @Sendable (Endpoint) async -> Void = { _ in },
    readiness: @escaping Readiness
  ) {
    self.endpoint = endpoint
    self.pages = MetricsPages(metrics: metrics, readiness: readiness)
    self.onReady = onReady
  }

  /// Refuses an endpoint that can't be listened on, before anything else is begun for it.
  public static func check(_ endpoint: Endpoint) throws(ServerError) {
    let address = try endpoint.resolved()
    do {
      try endpoint.tryBinding(to: address)
    } catch {
      throw unavailable(endpoint, error)
    }
  }

  private static func unavailable(_ endpoint: Endpoint, _ cause: any Error) -> ServerError {
    ServerError(
      .addressUnavailable,
      "Cannot listen for metrics on \(endpoint): \(ServerError.reason(cause)). Name a free port of "
        + "this machine.",
      cause: cause)
  }

  /// Answers until the service group shuts down gracefully or the task is cancelled.
  public func run() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
      let channel = try await listen(on: group)
      let port = channel.localAddress?.port ?? endpoint.port
      await onReady(Endpoint(host: endpoint.host, port: port))
      try? await gracefulShutdown()
      try? await channel.close()
    } catch {
      try? await group.shutdownGracefully()
      throw Self.unavailable(endpoint, error)
    }
    try? await group.shutdownGracefully()
  }

  private func listen(on group: MultiThreadedEventLoopGroup) async throws -> any Channel {
    let pages = self.pages
    let open = Admissions(limit: 100, limitPerNetwork: 100)
    return try await ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          // A handful of scrapers is all that belongs here.
          guard case .admitted = open.admit(from: nil, mayExplain: false) else {
            return channel.close(promise: nil)
          }
          channel.closeFuture.whenComplete { _ in open.leave(from: nil) }
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(IdleStateHandler(allTimeout: .seconds(60)))
          try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
          try pipeline.addHandler(MetricsHandler(pages: pages))
        }
      }
      .bind(host: endpoint.host, port: endpoint.port).get()
  }
}
