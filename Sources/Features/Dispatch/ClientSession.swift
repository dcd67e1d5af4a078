public import JSON
public import JSONRPC
internal import Synchronization

/// One connection's side of the conversation: who is logged in on it, what they are told unasked, and the way
/// to the methods.
public final class ClientSession: RequestHandler {
  private struct State {
    var principal: Principal?
    var output: (any NotificationOutput)?
    var subscription: EventSubscription?
    /// Whether the subscription begins with the answer that is about to be given.
    var isFresh = false
  }

  /// Where the client speaks from.
  let origin: ClientOrigin
  private let dispatcher: Dispatcher
  private let state = Mutex(State())
  private let requests = Atomic<UInt64>(0)

  init(origin: ClientOrigin, dispatcher: Dispatcher) {
    self.origin = origin
    self.dispatcher = dispatcher
  }

  /// The next request's id for logs: the connection's number and the request's on it.
  func nextRequestLabel() -> RequestLabel {
    RequestLabel(
      connection: origin.connection, number: requests.add(1, ordering: .relaxed).newValue)
  }

  /// Who is logged in, if anybody.
  var principal: Principal? {
    state.withLock { $0.principal }
  }

  /// Whose hand it is that speaks, and in whose name; nil where nobody is logged in.
  var actor: Actor? { principal?.actor }

  /// Somebody has logged in, or out: what the one before had subscribed to ends.
  func bind(_ principal: Principal?) {
    let ended = state.withLock { state in
      defer { state.subscription = nil }
      state.principal = principal
      return state.subscription
    }
    ended?.cancel()
  }

  /// The principal is no more: unbinds, unless somebody else has logged in meanwhile.
  func unbind(_ ended: Principal) {
    let bereft = state.withLock { state in
      guard state.principal == ended else { return nil as EventSubscription? }
      state.principal = nil
      return state.subscription
    }
    // It tells why it ends.
    bereft?.signal.raise()
  }

  // MARK: - What is told unasked

  /// The way to the client, while the connection is open.
  var output: (any NotificationOutput)? { state.withLock { $0.output } }

  /// Puts a subscription into the place of the one there is; it begins behind the answer.
  func subscribe(_ subscription: EventSubscription?) {
    let ended = state.withLock { state in
      defer { (state.subscription, state.isFresh) = (subscription, subscription != nil) }
      return state.subscription
    }
    ended?.cancel()
  }

  /// Whether the connection still has the subscription.
  func holds(_ subscription: EventSubscription) -> Bool {
    state.withLock { $0.subscription === subscription }
  }

  /// Whether it does, and is still its subscriber's.
  func tells(_ subscription: EventSubscription) -> Bool {
    state.withLock {
      $0.subscription === subscription && $0.principal == subscription.principal
    }
  }

  /// The subscription has ended by itself.
  func drop(_ subscription: EventSubscription) {
    state.withLock { if $0.subscription === subscription { $0.subscription = nil } }
    subscription.cancel()
  }

  private func beginFresh() {
    let fresh = state.withLock { state in
      guard state.isFresh else { return nil as EventSubscription? }
      state.isFresh = false
      return state.subscription
    }
    fresh?.begin()
  }

  /// Answers a request.
  public func respond(
    to request: Request, isInBatch: Bool
  ) async -> Result<RawJSON, RPCError> {
    let answer = await dispatcher.respond(to: request, from: self, isInBatch: isInBatch)
    beginFresh()
    return answer
  }

  /// Whether somebody is logged in, and waits for events.
  public var standing: ClientStanding {
    state.withLock { state in
      if state.principal == nil { return .anonymous }
      return state.subscription == nil ? .loggedIn : .subscribed
    }
  }

  /// The connection is open.
  public func connectionOpened(_ output: any NotificationOutput) {
    state.withLock { $0.output = output }
  }

  /// The connection has ended.
  public func connectionClosed() {
    state.withLock { $0.output = nil }
    bind(nil)
  }
}
