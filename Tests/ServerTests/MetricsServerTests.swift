import CoreMetrics
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Server

@Suite("The operator's port", .timeLimit(.minutes(10)))
struct MetricsServerTests {
  /// Runs a metrics server while the closure runs; the closure gets a way to ask it.
  private func run(
    isReady: @escaping @Sendable () -> Bool = { true }, metrics: PrometheusMetrics = .init(),
    _ body: (Endpoint) async throws -> Void
  ) async throws {
    let (bound, continuation) = AsyncStream.makeStream(of: Endpoint.self)
    let server = MetricsServer(
      endpoint: Endpoint(host: "127.0.0.1", port: 0), metrics: metrics,
      onReady: { continuation.yield($0) },
      readiness: { (isReady(), isReady() ? "ready" : "the database is away") })
    let group = ServiceGroup(
      services: [server], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    async let running: Void = group.run()
    for await endpoint in bound {
      try await body(endpoint)
      break
    }
    await group.triggerGracefulShutdown()
    try await running
  }

  private func ask(_ text: String, _ endpoint: Endpoint) async throws -> [String] {
    let client = try await WireClient.connect(to: .plain(endpoint))
    try await client.send(text.replacing("\n", with: "\r\n"))
    return await client.rest().map { $0.replacing("\r", with: "") }
  }

  private func get(_ path: String, _ endpoint: Endpoint, method: String = "GET") async throws
    -> [String]
  {
    try await ask("\(method) \(path) HTTP/1.1\nHost: a\nConnection: close\n\n", endpoint)
  }

  @Test("Alive, ready and metrics are told, and nothing else")
  func pages() async throws {
    let metrics = PrometheusMetrics()
    Counter(label: "voronka_lines", factory: metrics).increment(by: 3)
    try await run(metrics: metrics) { endpoint in
      let alive = try await get("/livez", endpoint)
      #expect(alive.first == "HTTP/1.1 200 OK")
      #expect(alive.last == "ok")
      #expect(try await get("/readyz?verbose", endpoint).last == "ready")
      let page = try await get("/metrics", endpoint)
      #expect(page.contains("Content-Type: text/plain; version=0.0.4; charset=utf-8"))
      #expect(page.last == "voronka_lines_total 3")
      #expect(try await get("/", endpoint).first == "HTTP/1.1 404 Not Found")
      let head = try await get("/livez", endpoint, method: "HEAD")
      #expect(head.contains("Content-Length: 3"))
      #expect(head.last == "")
      let post = try await get("/livez", endpoint, method: "POST")
      #expect(post.first == "HTTP/1.1 405 Method Not Allowed")
      #expect(post.contains("Allow: GET, HEAD"))
    }
  }

  @Test("A server that is not ready says so with 503")
  func notReady() async throws {
    try await run(isReady: { false }) { endpoint in
      let page = try await get("/readyz", endpoint)
      #expect(page.first == "HTTP/1.1 503 Service Unavailable")
      #expect(page.last == "the database is away")
      #expect(try await get("/livez", endpoint).last == "ok")
    }
  }

  @Test("What is no HTTP harms nobody, and one connection may ask several times")
  func keepAlive() async throws {
    try await run { endpoint in
      _ = try await ask("\u{16}\u{3}\u{1} nonsense\n\n", endpoint)
      let lines = try await ask(
        "GET /livez HTTP/1.1\nHost: a\n\nGET /readyz HTTP/1.1\nHost: a\nConnection: close\n\n",
        endpoint)
      #expect(lines.filter { $0 == "HTTP/1.1 200 OK" }.count == 2)
      #expect(lines.last == "ready")
    }
  }
}
