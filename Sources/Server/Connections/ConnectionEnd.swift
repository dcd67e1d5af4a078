/// Why a connection ended, as logs and metrics name it.
enum ConnectionEnd: String, Sendable, CaseIterable {
  /// The client closed it, or it broke.
  case client
  /// A line was longer than the limit.
  case lineTooLong = "line_too_long"
  /// Nothing came for too long.
  case idle
  /// The TLS handshake failed or took too long.
  case handshake
  /// The client took none of what waited for it.
  case stalled
  /// The server stops.
  case stopping
}
