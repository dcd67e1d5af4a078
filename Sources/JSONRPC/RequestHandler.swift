public import JSON

/// What answers one client's requests: the seam between the server, which knows sockets, and the
/// methods, which know who is asking.
///
/// There is one for each connection. The server calls `respond` for one request after another, in the
/// order in which they came, and for a batch's elements side by side.
public protocol RequestHandler: AnyObject, Sendable {
  /// The connection is open: this is the way to tell the client something unasked, until it is closed.
  /// Called once, before the first request.
  func connectionOpened(_ output: any NotificationOutput)

  /// Answers a request. A notification is carried out too; its answer is dropped by the caller.
  /// - Parameter isInBatch: whether the request came within a batch, where some methods are refused.
  func respond(to request: Request, isInBatch: Bool) async -> Result<RawJSON, RPCError>

  /// How patient the server is with the connection while nothing comes.
  var standing: ClientStanding { get }

  /// The connection has ended; nothing more is asked.
  func connectionClosed()
}
