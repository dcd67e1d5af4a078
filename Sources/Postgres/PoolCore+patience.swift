extension PoolCore {
  /// Has deadlines looked at no later than the given instant.
  func scheduleSweep(at instant: ContinuousClock.Instant) {
    if let sweep, sweep.instant <= instant { return }
    sweep?.cancel()
    sweep = loop.schedule(at: instant) { [weak self] in self?.runSweep() }
  }

  /// Answers everyone whose deadline or waiting time has passed, and schedules the next look.
  ///
  /// One timer serves all: it looks at what is waiting and in flight, both of which are bounded, and
  /// not at the many that have been answered since it was set.
  private func runSweep() {
    sweep = nil
    let now = ContinuousClock.now
    expireWaiting(now)
    var earliest: ContinuousClock.Instant?
    func look(at transaction: Transaction) {
      guard let deadline = transaction.deadline, !transaction.isFinished else { return }
      if deadline <= now {
        loop.complete(transaction.fail { .deadlineExceeded(outcome: $0) })
      } else {
        earliest = min(earliest ?? deadline, deadline)
      }
    }
    waiting.forEach(look)
    for slot in slots {
      guard let connection = slot.connection else { continue }
      for ticket in connection.results.tickets { look(at: ticket.transaction) }
    }
    waiting.sweep()
    updateLoad()
    if let oldest = waiting.oldest {
      let end = oldest + configuration.waitTimeout
      earliest = min(earliest ?? end, end)
    }
    if let earliest { scheduleSweep(at: earliest) }
    // The last that was waited for may have gone just now.
    if case .draining = state { closeIfDrained() }
  }

  private func expireWaiting(_ now: ContinuousClock.Instant) {
    let expired = waiting.removeAll(before: now - configuration.waitTimeout)
    guard !expired.isEmpty else { return }
    let isConnected = slots.contains { $0.openSince != nil }
    for transaction in expired {
      let error =
        isConnected
        ? PostgresError(.poolExhausted)
        : PostgresError(.unavailable, message: lastError?.message ?? "still connecting")
      loop.complete(transaction.finish(.failure(error)))
    }
  }
}
