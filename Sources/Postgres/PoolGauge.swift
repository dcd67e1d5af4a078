internal import Synchronization

/// The pool's figures, written on the engine's thread and read from anywhere without waiting for it.
final class PoolGauge: Sendable {
  private let connected = Atomic(0)
  private let connecting = Atomic(0)
  private let waiting = Atomic(0)
  private let inFlight = Atomic(0)
  private let connectionsLost = Atomic(0)
  private let lastError = Mutex<PostgresError?>(nil)

  func setLoad(waiting: Int, inFlight: Int) {
    self.waiting.store(waiting, ordering: .relaxed)
    self.inFlight.store(inFlight, ordering: .relaxed)
  }

  func setConnections(connected: Int, connecting: Int) {
    self.connected.store(connected, ordering: .relaxed)
    self.connecting.store(connecting, ordering: .relaxed)
  }

  func countLostConnection() {
    connectionsLost.add(1, ordering: .relaxed)
  }

  func setLastError(_ error: PostgresError?) {
    lastError.withLock { $0 = error }
  }

  var health: Pool.Health {
    let error = lastError.withLock { $0 }
    return Pool.Health(
      connected: connected.load(ordering: .relaxed),
      connecting: connecting.load(ordering: .relaxed), waiting: waiting.load(ordering: .relaxed),
      inFlight: inFlight.load(ordering: .relaxed),
      connectionsLost: connectionsLost.load(ordering: .relaxed), lastError: error?.kind,
      lastErrorMessage: error?.message)
  }
}
