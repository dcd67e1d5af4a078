internal import CoreMetrics

/// What the server counts.
struct ServerMetrics: Sendable {
  /// Connections that are open.
  let connections: Meter
  /// Connections that were ever served.
  let served: Counter
  /// Connections that found no room.
  let refused: Counter
  /// Lines that came.
  let lines: Counter
  /// Bytes that came, without encryption.
  let receivedBytes: Counter
  /// Bytes of replies, without encryption.
  let sentBytes: Counter
  private let ended: [ConnectionEnd: Counter]

  init(factory: any MetricsFactory) {
    connections = Meter(label: "voronka_connections", factory: factory)
    served = Counter(label: "voronka_connections_total", factory: factory)
    refused = Counter(label: "voronka_connections_refused_total", factory: factory)
    lines = Counter(label: "voronka_lines_total", factory: factory)
    receivedBytes = Counter(label: "voronka_received_bytes_total", factory: factory)
    sentBytes = Counter(label: "voronka_sent_bytes_total", factory: factory)
    ended = Dictionary(
      uniqueKeysWithValues: ConnectionEnd.allCases.map { end in
        let dimensions = [("reason", end.rawValue)]
        return (
          end,
          Counter(
            label: "voronka_connections_ended_total", dimensions: dimensions, factory: factory)
        )
      })
  }

  /// Counts the end of a connection by its reason.
  func count(_ end: ConnectionEnd) {
    ended[end]?.increment()
  }
}
