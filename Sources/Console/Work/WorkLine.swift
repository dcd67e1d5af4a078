internal import JSON
internal import JSONRPC

/// The way to the server, which is made anew, in the background, whenever it breaks.
final class WorkLine {
  /// How it stands.
  enum State {
    case up(Session)
    /// Since when is not told; how often it was tried in vain is.
    case down(reason: String, attempts: Int)
  }

  private(set) var state: State
  /// The number of the present connection, or of the one that is being made.
  private(set) var number = 0
  let feed: WorkFeed

  private let reconnecting: Reconnecting
  private var repair: Task<Void, Never>?
  /// Why the connection that is being made has broken before it was taken.
  private var lostBefore: String?

  init(
    _ session: Session, open: @escaping @Sendable () async throws -> Session, backoff: Backoff,
    pause: @escaping @Sendable (Duration) async throws -> Void,
    tell: @escaping @Sendable (WorkSignal) -> Void
  ) {
    state = .up(session)
    let feed = WorkFeed(tell)
    self.feed = feed
    reconnecting = Reconnecting(
      open: open, feed: feed, backoff: backoff, pause: pause, tell: tell)
  }

  /// The session, while there is one.
  var session: Session? {
    if case .up(let session) = state { session } else { nil }
  }

  var isUp: Bool { session != nil }

  /// What the person is told while there is no connection.
  var trouble: String? {
    guard case .down(let reason, let attempts) = state else { return nil }
    let again = attempts == 0 ? "connecting again" : "tried \(attempts)×, trying again"
    return TerminalText.line("No connection (\(reason)): \(again). q quits.")
  }

  /// That the connection broke, or is of no use: another is made. An older one's end means nothing.
  func lose(_ number: Int, reason: String, asked: Duration? = nil) {
    guard number == self.number else { return }
    guard case .up(let session) = state else { return lostBefore = reason }
    state = .down(reason: reason, attempts: 0)
    self.number += 1
    Task { await session.close() }
    let next = self.number
    repair = Task { [reconnecting] in await reconnecting.run(number: next, asked: asked) }
  }

  func failedAgain(_ number: Int, attempts: Int, reason: String) {
    guard number == self.number, !isUp else { return }
    state = .down(reason: reason, attempts: attempts)
  }

  /// The new connection; one that nobody waits for is closed.
  func connected(_ number: Int, _ session: Session) {
    guard number == self.number, !isUp else {
      Task { await session.close() }
      return
    }
    state = .up(session)
    guard let reason = lostBefore else { return }
    lostBefore = nil
    lose(number, reason: reason)
  }

  /// Ends it, and the attempts to make it anew.
  func close() async {
    repair?.cancel()
    if let session { await session.close() }
    number += 1
  }

  // MARK: - What an error means for it

  /// Whether the same request, sent again a little later, may be answered well.
  static func isPassing(_ error: RPCError) -> Bool {
    [ErrorKind.unavailable, .unknownOutcome, .rateLimited].contains { $0.rawValue == error.kind }
  }

  /// Whether nothing will be answered any more: the session ended, or the company is suspended.
  static func isFinal(_ error: RPCError) -> Bool {
    error.kind == ErrorKind.unauthenticated.rawValue
      || (error.kind == ErrorKind.frozen.rawValue && error["state"] != nil)
  }
}
