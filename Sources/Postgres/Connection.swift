internal import CLibPQ

/// One libpq connection, non-blocking and in pipeline mode, driven by the engine's readiness events.
///
/// States: new -> connecting -> open -> closed, or connecting -> closed. While open it is pipelining
/// transactions or, on a dedicated connection with nothing in flight, running one script.
///
/// Confined to the engine's thread.
final class Connection {
  enum State {
    case new
    case connecting
    case open
    case closed
  }

  /// A transaction in flight.
  struct Ticket {
    let transaction: Transaction
    /// Sent a second time, without prepared statements: the first time one was gone or stale.
    let isRepeated: Bool
  }

  /// A script in flight.
  struct Script {
    let transaction: Transaction
    var rows: [Rows] = []
    var failure: PostgresError?
    var isUnconfirmed = false
  }

  /// How the connection is used.
  struct Usage {
    /// Run statements under server-side names.
    var preparesStatements: Bool
    /// Many callers share it: a transaction left open would swallow a neighbour's.
    var isShared: Bool
  }

  let loop: EngineLoop
  let settings: ConnectionSettings
  let usage: Usage
  weak var owner: (any ConnectionOwner)?

  var state = State.new
  /// libpq's connection; `PQfinish` is called once, by `close`, which forgets it.
  var handle: OpaquePointer?
  var token: UInt64 = 0
  var connectTimer: TimerQueue.Entry?
  /// The attempt to connect took too long; perhaps another of the hosts answers.
  var hasTimedOut = false
  /// The backend has said, with nothing in flight, that it ends, or libpq has given it up.
  var isEnding = false
  var interest: Poller.Interest = []
  var results = ResultQueue<Ticket, Rows>()
  var prepared = PreparedStatements()
  var script: Script?
  /// What could not be sent whole, until the owner hears of it.
  var unsent: [Transaction] = []

  init(
    loop: EngineLoop, settings: ConnectionSettings, usage: Usage, owner: any ConnectionOwner
  ) {
    self.loop = loop
    self.settings = settings
    self.usage = usage
    self.owner = owner
  }

  /// Transactions sent and not yet answered by the server.
  var inFlight: Int {
    results.count + (script == nil ? 0 : 1)
  }

  /// Whether another transaction may go out: while the socket takes nothing more, none may.
  var canSend: Bool {
    guard case .open = state else { return false }
    return script == nil && !isEnding && !interest.contains(.write)
  }

  /// Answers the socket's readiness.
  func handle(_ readiness: Poller.Interest) {
    switch state {
    case .connecting:
      pollConnect()
    case .open:
      // Errors and hang-ups come without being asked for; reading tells what they are.
      if readiness != .write { read() }
      if case .open = state { flush() }
      if case .open = state { owner?.connectionHasRoom(self) }
    case .new, .closed:
      break
    }
  }

  /// Sends what libpq holds back; while the socket takes no more, waits for it and keeps reading, since
  /// the server may be waiting for us to read.
  func flush() {
    switch PQflush(handle) {
    case 0: watch(.read)
    case 1: watch([.read, .write])
    default: giveUp()
    }
  }

  /// libpq can send nothing more, yet may hold what the backend said at last: that tells which of those
  /// in flight were not begun. Not read here, since this may be in the midst of reading.
  func giveUp() {
    isEnding = true
    _ = loop.schedule(at: .now) { [weak self] in
      guard let self, case .open = self.state else { return }
      self.read()
    }
  }

  func watch(_ wanted: Poller.Interest) {
    guard wanted != interest else { return }
    interest = wanted
    loop.watch(PQsocket(handle), for: wanted, token: token)
  }

  /// libpq's last word on the connection, as an error for those in flight.
  func lossError() -> PostgresError {
    PostgresError(.connectionLost(outcome: .unknown), message: libpqMessage)
  }

  var libpqMessage: String {
    guard let handle, let text = PQerrorMessage(handle) else { return "" }
    return String(cString: text).split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
