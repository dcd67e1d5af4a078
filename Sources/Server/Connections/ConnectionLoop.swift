internal import NIOCore

/// The connections of one event loop.
///
/// `@unchecked Sendable`: everything that changes is touched on the event loop alone; what may be
/// called from elsewhere goes there first.
final class ConnectionLoop: @unchecked Sendable {
  let eventLoop: any EventLoop
  let executor: LoopExecutor
  let core: ServerCore
  private(set) var connections: [ObjectIdentifier: Connection] = [:]
  private var checks: RepeatedTask?
  /// Where replies are written before they join a connection's output.
  private var scratch: [UInt8] = []

  init(_ eventLoop: any EventLoop, core: ServerCore) {
    self.eventLoop = eventLoop
    self.executor = LoopExecutor(eventLoop)
    self.core = core
  }

  /// Begins to look at the connections' times.
  func start() {
    eventLoop.execute { [self] in
      let interval = TimeAmount(core.configuration.timeouts.checkInterval)
      checks = eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
        self.checkTimes()
      }
    }
  }

  /// Ends what has run out of time: one walk for all connections costs less than a timer for each.
  func checkTimes() {
    let now = core.now
    for connection in connections.values {
      connection.checkTime(now)
    }
  }

  func add(_ connection: Connection) {
    connections[ObjectIdentifier(connection)] = connection
  }

  func remove(_ connection: Connection) {
    connections[ObjectIdentifier(connection)] = nil
  }

  /// Writes into memory that is used again and again.
  func withScratch(_ body: (inout [UInt8]) -> Void) {
    body(&scratch)
    if scratch.capacity > 256 << 10 {
      scratch = []
    } else {
      scratch.removeAll(keepingCapacity: true)
    }
  }

  /// Lets every connection finish what it has and end.
  func drain() {
    eventLoop.execute { [self] in
      for connection in connections.values { connection.drain() }
    }
  }

  /// Cancels what runs and refuses what has not begun.
  func cutShort() {
    eventLoop.execute { [self] in
      for connection in connections.values { connection.cutShort() }
    }
  }

  /// Closes what is still open and stops looking at times.
  func stop() {
    eventLoop.execute { [self] in
      checks?.cancel()
      for connection in connections.values { connection.close(.stopping, abruptly: true) }
    }
  }
}
