internal import CoreMetrics
internal import JSONRPC
internal import Logging
internal import NIOCore

/// How connections end: what came is answered, what was answered is written, then they go.
extension Connection {
  /// The client sends no more: what it sent is answered yet.
  func inputClosed() {
    isInputClosed = true
    switch phase {
    case .open, .finishing:
      phase = .finishing(.close)
      startWork()
    case .flushing:
      phase = .flushing(.close)
    case .lingering, .handshaking:
      close(reason, abruptly: true)
    case .closed:
      break
    }
  }

  /// The server stops: what was taken in is answered yet.
  func drain() {
    switch phase {
    case .handshaking:
      close(.stopping, abruptly: true)
    case .open:
      reason = .stopping
      // A client that has nothing to read may go at once.
      let isQuiet = !isWorking && !input.hasNext(isAtEnd: false) && meter.waiting == 0
      phase = .finishing(isQuiet ? .close : .linger)
      startWork()
      resumeReading()
    case .finishing, .flushing, .lingering, .closed:
      break
    }
  }

  /// The server stops waiting: what runs is cancelled, what has not begun is refused.
  func cutShort() {
    isCutShort = true
    work?.cancel()
  }

  /// Everything is answered: ends the connection once the client has it.
  func end(_ ending: Ending) {
    guard !isWorking else { return }
    phase = .flushing(ending)
    meter.whenAllTaken { self.lastWordsTaken() }
  }

  private func lastWordsTaken() {
    guard case .flushing(let ending) = phase else { return }
    if ending == .close { return close(reason) }
    phase = .lingering(since: core.now)
    context?.close(mode: .output, promise: nil)
    resumeReading()
  }

  /// Ends the connection whatever waits. `abruptly`: without waiting for the client's part in TLS's
  /// farewell.
  func close(_ reason: ConnectionEnd, abruptly: Bool = false) {
    guard phase != .closed else { return }
    self.reason = reason
    if abruptly { return meter.close() }
    phase = .lingering(since: core.now)
    context?.close(promise: nil)
  }

  /// The channel is gone.
  func closed() {
    guard phase != .closed else { return }
    phase = .closed
    input.removeAll()
    output = ByteBuffer()
    if !isWorking { leave() }
  }

  /// Gives back the connection's place. A request that still runs keeps it, lest clients that come and
  /// go have more running than connections may be open.
  func leave() {
    guard !hasLeft else { return }
    hasLeft = true
    loop.remove(self)
    handler?.connectionClosed()
    handler = nil
    core.metrics.connections.decrement()
    core.metrics.count(reason)
    log("connection closed", ["reason": "\(reason.rawValue)"])
    core.admissions.leave(from: network)
  }
}
