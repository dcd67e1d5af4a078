internal import JSONRPC
internal import Logging
internal import NIOCore

/// What all connections of a server share.
final class ServerCore: Sendable {
  let configuration: ServerConfiguration
  let makeHandler: @Sendable (ClientOrigin) -> any RequestHandler
  let logger: Logger
  let metrics: ServerMetrics
  let admissions: Admissions

  init(
    configuration: ServerConfiguration, logger: Logger, metrics: ServerMetrics,
    makeHandler: @escaping @Sendable (ClientOrigin) -> any RequestHandler
  ) {
    self.configuration = configuration
    self.makeHandler = makeHandler
    self.logger = logger
    self.metrics = metrics
    self.admissions = Admissions(
      limit: configuration.limits.connections,
      limitPerNetwork: configuration.limits.connectionsPerAddress)
  }

  /// The present time.
  var now: NIODeadline { configuration.now() }

  /// A number that no other connection has. Companies read it in their audit; counted, it would tell
  /// how many connections others make.
  func nextConnectionNumber() -> UInt64 {
    UInt64.random(in: 1..<1 << 48)
  }
}
