internal import JSONRPC
internal import NIOCore

/// What takes too long ends.
extension Connection {
  /// Looks at the times that run for the phase. Called now and then.
  func checkTime(_ now: NIODeadline) {
    let timeouts = core.configuration.timeouts
    switch phase {
    case .handshaking:
      if now - lastActivity >= TimeAmount(timeouts.handshake) { close(.handshake, abruptly: true) }
    case .lingering(let since):
      if now - since >= TimeAmount(timeouts.lingering) { close(reason, abruptly: true) }
    case .open, .finishing, .flushing:
      let waiting = notice(now)
      if waiting > limits.stalledBytes, now - lastTaken >= TimeAmount(timeouts.stalledReader) {
        return close(.stalled, abruptly: true)
      }
      if !isWorking { checkIdle(now, timeouts) }
    case .closed:
      break
    }
  }

  /// Notices what the client has taken; returns how many bytes wait for it.
  private func notice(_ now: NIODeadline) -> Int {
    let wasBehind = isBehind
    isBehind = false
    guard meter.handedOver != taken else {
      lastTaken = now
      return 0
    }
    let waiting = meter.waiting
    isBehind = waiting > 0
    if meter.handedOver - waiting != taken {
      taken = meter.handedOver - waiting
      lastTaken = now
      // Who takes a reply at once was active when it was given, not when that is noticed.
      if wasBehind { lastActivity = now }
    }
    if waiting <= limits.stalledBytes { lastTaken = now }
    return waiting
  }

  private func checkIdle(_ now: NIODeadline, _ timeouts: ServerTimeouts) {
    let idle = now - lastActivity
    guard idle >= TimeAmount(min(timeouts.anonymous, timeouts.loggedIn, timeouts.subscribed))
    else { return }
    let limit =
      switch handler?.standing ?? .anonymous {
      case .anonymous: timeouts.anonymous
      case .loggedIn: timeouts.loggedIn
      case .subscribed: timeouts.subscribed
      }
    if idle >= TimeAmount(limit) { close(.idle) }
  }
}
