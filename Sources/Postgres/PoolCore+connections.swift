internal import Logging

extension PoolCore: ConnectionOwner {
  /// A connection that has lasted this long was no mere flash: the back-off begins anew after it.
  private static let steadyTime = Duration.seconds(1)

  /// Begins to connect; does nothing the second time.
  func start() {
    guard case .idle = state else { return }
    state = .running
    loop.onStop(of: self) { [weak self] in self?.closeNow() }
    slots = (0..<max(1, configuration.connections)).map { _ in
      PoolSlot(
        backoff: Backoff(base: configuration.backoffBase, limit: configuration.backoffLimit))
    }
    for slot in slots { connect(slot) }
    updateConnections()
  }

  private func connect(_ slot: PoolSlot) {
    slot.retry = nil
    let connection = Connection(
      loop: loop, settings: settings,
      usage: Connection.Usage(
        preparesStatements: configuration.preparedStatements, isShared: true), owner: self)
    slot.connection = connection
    connection.connect(rotation: slot.rotation)
  }

  func connectionDidOpen(_ connection: Connection) {
    slots.first { $0.connection === connection }?.openSince = .now
    updateConnections()
    if slots.allSatisfy({ $0.openSince != nil }) {
      let message: Logger.Message =
        lastError == nil ? "database pool connected" : "database pool connected again"
      logger.log(
        level: lastError == nil ? .info : .notice, message,
        metadata: ["pool": "\(name)", "connections": "\(slots.count)"])
      lastError = nil
      gauge.setLastError(nil)
    }
    dispatch()
  }

  func connectionHasRoom(_ connection: Connection) {
    dispatch()
  }

  func connectionDidClose(
    _ connection: Connection, error: PostgresError, unsent: [Transaction]
  ) {
    requeue(unsent)
    guard let slot = slots.first(where: { $0.connection === connection }) else { return }
    slot.connection = nil
    if connection.hasTimedOut { slot.rotation += 1 }
    note(error, on: slot)
    slot.openSince = nil
    updateConnections()
    guard !isClosed else { return }
    let pause = slot.backoff.next(random: .random(in: 0...1))
    slot.retry = loop.schedule(at: .now + pause) { [weak self, weak slot] in
      guard let slot else { return }
      self?.connect(slot)
    }
    dispatch()
  }

  private var isClosed: Bool {
    if case .closed = state { true } else { false }
  }

  /// What certainly did not happen waits for another connection, ahead of the others.
  private func requeue(_ unsent: [Transaction]) {
    guard !isClosed else {
      for transaction in unsent {
        loop.complete(transaction.fail { _ in .connectionLost(outcome: .notSent) })
      }
      return
    }
    let wanted = unsent.filter { $0.returnToQueue() }
    guard !wanted.isEmpty else { return }
    waiting.prepend(wanted, at: .now)
    scheduleSweep(at: .now + configuration.waitTimeout)
  }

  private func note(_ error: PostgresError, on slot: PoolSlot) {
    if let openSince = slot.openSince {
      gauge.countLostConnection()
      if .now - openSince > Self.steadyTime { slot.backoff.reset() }
    }
    guard !isClosed else { return }
    // One warning an outage, which ends when all are connected again: not one a connection and attempt.
    let isFirst = lastError == nil
    lastError = error
    gauge.setLastError(error)
    logger.log(
      level: isFirst ? .warning : .debug, "database connection failed",
      metadata: ["pool": "\(name)", "kind": "\(error.kind)", "reason": "\(error.message)"])
  }

  private var name: String { settings.applicationName ?? "unnamed" }

  private func updateConnections() {
    let connected = slots.count { $0.openSince != nil }
    gauge.setConnections(connected: connected, connecting: slots.count - connected)
  }
}
