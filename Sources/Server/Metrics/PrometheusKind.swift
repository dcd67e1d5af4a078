/// What a metric is, in Prometheus' words.
enum PrometheusKind: String, Sendable {
  case counter
  case gauge
  case histogram
}
