extension PoolCore {
  /// Takes nothing new, lets what was taken come to its end for a while, then closes.
  func close(draining: Bool, _ signal: OneShotSignal) {
    closed.append(signal)
    switch state {
    case .idle:
      closeNow()
    case .running:
      state = .draining
      guard draining else { return closeNow() }
      drainTimer = loop.schedule(at: .now + configuration.drainTimeout) { [weak self] in
        self?.closeNow()
      }
      closeIfDrained()
    case .draining:
      if !draining { closeNow() }
    case .closed:
      closeNow()
    }
  }

  func closeIfDrained() {
    if waiting.isEmpty, inFlight == 0 { closeNow() }
  }

  /// Closes whatever is in flight, truthfully.
  func closeNow() {
    state = .closed
    sweep?.cancel()
    drainTimer?.cancel()
    for slot in slots {
      slot.retry?.cancel()
      slot.connection?.close(
        PostgresError(.connectionLost(outcome: .unknown), message: "the pool was closed"))
    }
    while let transaction = waiting.popFirst() {
      loop.complete(transaction.fail { _ in .closed })
    }
    updateLoad()
    loop.onStop(of: self, nil)
    for signal in closed { signal.fire() }
    closed.removeAll()
  }
}
