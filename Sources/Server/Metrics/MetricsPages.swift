internal import NIOHTTP1

/// What the operator's port answers.
struct MetricsPages: Sendable {
  /// An answer.
  struct Page: Sendable {
    var status: HTTPResponseStatus
    var text: String
    var type = "text/plain; charset=utf-8"
    var allow: String?
  }

  let metrics: PrometheusMetrics
  let readiness: MetricsServer.Readiness

  /// The answer to a request.
  func page(_ method: HTTPMethod, _ uri: String) async -> Page {
    guard method == .GET || method == .HEAD else {
      return Page(
        status: .methodNotAllowed, text: "Only GET and HEAD are answered here.\n",
        allow: "GET, HEAD")
    }
    switch uri.prefix(while: { $0 != "?" }) {
    case "/livez":
      return Page(status: .ok, text: "ok\n")
    case "/readyz":
      let (isReady, text) = await readiness()
      return Page(status: isReady ? .ok : .serviceUnavailable, text: text + "\n")
    case "/metrics":
      return Page(
        status: .ok, text: metrics.text(), type: "text/plain; version=0.0.4; charset=utf-8")
    default:
      return Page(
        status: .notFound, text: "There are /livez, /readyz and /metrics, and nothing else.\n")
    }
  }
}
