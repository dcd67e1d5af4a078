public import JSON
public import JSONRPC

/// A client that calls methods without a socket between.
public struct TestClient: Sendable {
  let handler: any RequestHandler
  /// What it is told unasked.
  public let told: TestOutput

  init(handler: any RequestHandler) {
    self.handler = handler
    told = TestOutput()
    handler.connectionOpened(told)
  }

  /// Tells this client from others.
  public var identity: ObjectIdentifier { ObjectIdentifier(handler as AnyObject) }

  /// The connection's side of the conversation, for what the wire does not show.
  public var session: any RequestHandler { handler }

  /// Calls a method within a batch and gives the refusal; nil where there is none.
  public func inBatch(_ method: String, _ parameters: JSONObject = [:]) async -> RPCError? {
    let request = Request(
      id: RequestID(bytes: Array("1".utf8)), method: method, parameters: parameters)
    if case .failure(let error) = await handler.respond(to: request, isInBatch: true) {
      return error
    }
    return nil
  }

  /// Calls a method and gives its result; throws the `RPCError` that it answers with.
  @discardableResult
  public func call(_ method: String, _ parameters: JSONObject = [:]) async throws -> JSON {
    let result = await handler.respond(
      to: Request(
        id: RequestID(bytes: Array("1".utf8)), method: method, parameters: parameters),
      isInBatch: false)
    return try JSONReader().read(try result.get().bytes)
  }

  /// Calls a method that is expected to refuse, and gives the refusal; nil where it does not.
  public func refusal(_ method: String, _ parameters: JSONObject = [:]) async throws -> RPCError? {
    do {
      try await call(method, parameters)
      return nil
    } catch let error as RPCError {
      return error
    }
  }
}
