internal import Logging

/// The pool's side on the engine's thread: its connections, and who waits for a place on them.
///
/// States: idle -> running -> draining -> closed. `@unchecked Sendable`: touched on the engine's thread
/// only, once the pool that made it has handed it over by `perform`.
final class PoolCore: @unchecked Sendable {
  enum State {
    case idle
    case running
    case draining
    case closed
  }

  let loop: EngineLoop
  let settings: ConnectionSettings
  let configuration: Pool.Configuration
  let logger: Logger
  let gauge: PoolGauge

  var state = State.idle
  var slots: [PoolSlot] = []
  var waiting: WaitingQueue
  var lastError: PostgresError?
  /// Deadlines and waiting times are looked at when it fires.
  var sweep: TimerQueue.Entry?
  var drainTimer: TimerQueue.Entry?
  var closed: [OneShotSignal] = []
  private var firstSlot = 0

  init(
    loop: EngineLoop, settings: ConnectionSettings, configuration: Pool.Configuration,
    logger: Logger, gauge: PoolGauge
  ) {
    self.loop = loop
    self.settings = settings
    self.configuration = configuration
    self.logger = logger
    self.gauge = gauge
    waiting = WaitingQueue(limit: configuration.waiting)
  }

  /// Sends a transaction at once if a connection has a place, or lets it wait if the queue has.
  func submit(_ transaction: Transaction) {
    if case .idle = state { start() }
    guard case .running = state else {
      return loop.complete(transaction.fail { _ in .closed })
    }
    if let deadline = transaction.deadline { scheduleSweep(at: deadline) }
    defer { updateLoad() }
    if waiting.isEmpty, let connection = leastLoaded() { return connection.send(transaction) }
    guard waiting.append(transaction, at: .now) else {
      return loop.complete(transaction.fail { _ in .poolExhausted })
    }
    if waiting.count == 1 { scheduleSweep(at: .now + configuration.waitTimeout) }
  }

  /// A caller that may have been waiting has left.
  func noteAbandoned() {
    waiting.noteAbandoned()
  }

  /// Sends what waits, as far as there are places.
  func dispatch() {
    while !waiting.isEmpty, let connection = leastLoaded() {
      guard let transaction = waiting.popFirst() else { break }
      connection.send(transaction)
    }
    updateLoad()
    if case .draining = state { closeIfDrained() }
  }

  /// The connection with the fewest transactions in flight that takes another; equals take turns.
  private func leastLoaded() -> Connection? {
    var best: Connection?
    firstSlot = (firstSlot + 1) % max(1, slots.count)
    for offset in slots.indices {
      let slot = slots[(firstSlot + offset) % slots.count]
      guard let connection = slot.connection, connection.canSend else { continue }
      let load = connection.inFlight
      guard load < configuration.inFlightPerConnection else { continue }
      if load == 0 { return connection }
      if load < best?.inFlight ?? .max { best = connection }
    }
    return best
  }

  var inFlight: Int {
    slots.reduce(0) { $0 + ($1.connection?.inFlight ?? 0) }
  }

  func updateLoad() {
    gauge.setLoad(waiting: waiting.count, inFlight: inFlight)
  }
}
