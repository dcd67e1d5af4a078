internal import CoreMetrics
public import JSONRPC
public import Logging
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle
internal import Synchronization

/// Listens, reads lines, has them answered one after another, writes the replies.
///
/// It knows sockets and JSON-RPC, no method and no database: for each connection it makes one
/// `RequestHandler` and asks it.
public final class Server: Service {
  let core: ServerCore
  private let onReady: @Sendable ([BoundAddress]) async -> Void
  private let life = Mutex(ServerLife.new([]))
  let certificates = Mutex<[CertificateFiles: CertificateStore]>([:])
  /// The event loops, from the start on.
  let loops = Mutex<[ConnectionLoop]>([])

  /// A server that does nothing until it is run.
  /// - Parameters:
  ///   - onReady: called once every listener takes connections.
  ///   - makeHandler: what answers the requests of a new connection.
  public init(
    configuration: ServerConfiguration, logger: Logger,
    onReady: @escaping @Sendable ([BoundAddress]) async -> Void = { _ in },
    makeHandler: @escaping @Sendable (ClientOrigin) -> any RequestHandler
  ) {
    self.core = ServerCore(
      configuration: configuration, logger: logger,
      metrics: ServerMetrics(factory: MetricsSystem.factory), makeHandler: makeHandler)
    self.onReady = onReady
  }

  /// Where the server answers, in the order of the configuration's listeners. Waits until it does.
  public var boundAddresses: [BoundAddress] {
    get async throws {
      try await withCheckedThrowingContinuation { continuation in
        let known: Result<[BoundAddress], any Error>? = life.withLock { life in
          switch life {
          case .new(let waiting):
            life = .new(waiting + [continuation])
            return nil
          case .starting(let waiting):
            life = .starting(waiting + [continuation])
            return nil
          case .listening(let addresses), .stopped(let addresses):
            return .success(addresses)
          case .failed(let error):
            return .failure(error)
          }
        }
        if let known { continuation.resume(with: known) }
      }
    }
  }

  /// How many connections are open.
  public var connectionCount: Int { core.admissions.open }

  /// Reads every TLS listener's certificate and key again. Open connections stay as they are; where a
  /// file cannot be used, what was in use before stays so, and the error says why.
  public func reloadCertificates() throws(ServerError) {
    var failure: ServerError?
    for store in certificates.withLock({ Array($0.values) }) {
      do throws(ServerError) {
        try store.reload()
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }

  /// Listens and answers until the service group shuts down gracefully or the task is cancelled. Then
  /// it lets nobody in any more, answers what has come, and returns.
  public func run() async throws {
    try begin()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: core.configuration.eventLoops)
    let loops = group.makeIterator().map { ConnectionLoop($0, core: core) }
    let listeners: [OpenListener]
    do {
      listeners = try await listen(on: group, loops: loops)
    } catch {
      settle(.failed(error), .failure(error))
      try? await group.shutdownGracefully()
      throw error
    }
    for loop in loops { loop.start() }
    self.loops.withLock { $0 = loops }
    let addresses = listeners.map(\.address)
    settle(.listening(addresses), .success(addresses))
    await onReady(addresses)
    try? await gracefulShutdown()
    let isEmpty = await drain(listeners, loops: loops)
    life.withLock { $0 = .stopped(addresses) }
    // A handler that ignores its cancellation still needs its loop.
    if isEmpty { try? await group.shutdownGracefully() }
  }

  private func begin() throws(ServerError) {
    let isNew = life.withLock { life in
      guard case .new(let waiting) = life else { return false }
      life = .starting(waiting)
      return true
    }
    guard isNew else { throw ServerError(.alreadyRan, "A server can be run once. Make another.") }
    respectDescriptorLimit()
  }

  /// Lets in no more connections than the system has descriptors for: where none is left, accepting
  /// fails again and again, for everybody and at the cost of a whole processor.
  private func respectDescriptorLimit() {
    let reserve = 256
    let needed = core.configuration.limits.connections + reserve
    let allowed = DescriptorLimit.raise(to: needed)
    guard allowed < needed else { return }
    let connections = max(allowed - reserve, allowed / 2)
    core.admissions.lower(to: connections)
    core.logger.warning(
      "the system allows too few open files for the connections; raise the limit (ulimit -n)",
      metadata: ["allowed": "\(allowed)", "needed": "\(needed)", "connections": "\(connections)"])
  }

  private func settle(_ next: ServerLife, _ result: Result<[BoundAddress], any Error>) {
    let waiting = life.withLock { life in
      defer { life = next }
      if case .starting(let waiting) = life { return waiting }
      return []
    }
    for continuation in waiting { continuation.resume(with: result) }
  }

  /// - Returns: whether every connection ended in time.
  private func drain(_ listeners: [OpenListener], loops: [ConnectionLoop]) async -> Bool {
    core.logger.info(
      "stopping: no new connections", metadata: ["connections": "\(connectionCount)"])
    core.admissions.stop()
    for listener in listeners { await listener.close() }
    for loop in loops { loop.drain() }
    if await core.admissions.isEmpty(within: core.configuration.timeouts.drain) {
      for loop in loops { loop.stop() }
      return true
    }
    core.logger.warning(
      "stopping: cancelling what still runs", metadata: ["connections": "\(connectionCount)"])
    for loop in loops { loop.cutShort() }
    _ = await core.admissions.isEmpty(within: .seconds(1))
    for loop in loops { loop.stop() }
    return await core.admissions.isEmpty(within: .seconds(1))
  }
}
