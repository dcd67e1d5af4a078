public import JSON
public import JSONRPC
internal import Synchronization

/// One connection's side of the conversation: who is logged in on it, and the way to the methods.
public final class ClientSession: RequestHandler {
  /// Where the client speaks from.
  let origin: ClientOrigin
  private let dispatcher: Dispatcher
  private let state = Mutex<Principal?>(nil)
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
    state.withLock { $0 }
  }

  /// Whose hand it is that speaks, and in whose name; nil where nobody is logged in.
  var actor: Actor? { principal?.actor }

  /// Somebody has logged in, or out.
  func bind(_ principal: Principal?) {
    state.withLock { $0 = principal }
  }

  /// The principal is no more: unbinds, unless somebody else has logged in meanwhile.
  func unbind(_ ended: Principal) {
    state.withLock { if $0 == ended { $0 = nil } }
  }

  /// Answers a request.
  public func respond(
    to request: Request, isInBatch: Bool
  ) async -> Result<RawJSON, RPCError> {
    await dispatcher.respond(to: request, from: self, isInBatch: isInBatch)
  }

  /// Whether somebody is logged in.
  public var standing: ClientStanding {
    principal == nil ? .anonymous : .loggedIn
  }

  /// The connection has ended.
  public func connectionClosed() {
    bind(nil)
  }
}
