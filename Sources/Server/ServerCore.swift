internal import JSONRPC
internal import Logging
internal import NIOCore
internal import Synchronization

/// What all connections of a server share.
final class ServerCore: Sendable {
  let configuration: ServerConfiguration
  let makeHandler: @Sendable (ClientOrigin) -> any RequestHandler
  let logger: Logger
  let metrics: ServerMetrics
  let admissions: Admissions
  private let lastConnection = Atomic<UInt64>(0)

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

  /// A number that no other connection has.
  func nextConnectionNumber() -> UInt64 {
    lastConnection.add(1, ordering: .relaxed).newValue
  }
}
