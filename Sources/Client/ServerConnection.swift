public import JSON
public import JSONRPC
internal import NIOCore
internal import Synchronization

/// One connection to a Voronka server.
///
/// Requests may be sent from any task at any time; the server carries them out in the order in which
/// they were sent and answers in that order. A connection that broke stays broken: make a new one.
public final class ServerConnection: Sendable {
  /// Where it leads.
  public let address: ServerAddress

  let channel: any Channel
  let options: ConnectionOptions
  private let nextID = Atomic<Int>(1)
  private let notificationLines: AsyncThrowingStream<ByteBuffer, any Error>

  init(
    channel: any Channel, address: ServerAddress, options: ConnectionOptions,
    notificationLines: AsyncThrowingStream<ByteBuffer, any Error>
  ) {
    self.channel = channel
    self.address = address
    self.options = options
    self.notificationLines = notificationLines
  }

  deinit {
    channel.close(promise: nil)
  }

  /// Calls a method and gives its result.
  ///
  /// Throws the server's `RPCError`, or ``ConnectionError`` where no reply came. After the deadline
  /// the reply is no longer waited for, but the server may still carry the request out.
  public func call(
    _ method: String, _ params: JSON? = nil, deadline: Duration? = nil
  ) async throws -> JSON {
    try await send([PreparedCall(method, params)], deadline: deadline)[0].get()
  }

  /// Sends several calls at once and gives their results in the same order.
  ///
  /// Errors of the server stand in their places; a ``ConnectionError`` is thrown for all.
  public func pipeline(
    _ calls: [PreparedCall], deadline: Duration? = nil
  ) async throws -> [Result<JSON, RPCError>] {
    try await send(calls, deadline: deadline)
  }

  /// Sends many calls with a window of them in flight, and hands each reply over as it comes.
  ///
  /// Made for benchmarks and bulk work: nothing is parsed, and both closures run on the
  /// connection's event loop, so they must be short and must not block. `next` is asked for the call
  /// of each index from 0 until it gives nil; then, with the last reply, this returns.
  /// Throws ``ConnectionError`` when the connection ends before that.
  public func drive(
    window: Int, next: @escaping @Sendable (Int) -> PreparedCall?,
    reply: @escaping @Sendable (LoadReply) -> Void
  ) async throws {
    let done = channel.eventLoop.makePromise(of: Void.self)
    let driver = LoadDriver(window: window, done: done, next: next, reply: reply)
    channel.eventLoop.execute {
      let pipeline = self.channel.pipeline.syncOperations
      do {
        let context = try pipeline.context(handlerType: ConnectionHandler.self)
        try pipeline.handler(type: ConnectionHandler.self).fill(driver, context: context)
      } catch {
        driver.fail(ConnectionError(.closed, "the connection is closed", cause: error))
      }
    }
    try await done.futureResult.get()
  }

  /// What the server sends unasked, from the first such message on; for one reader.
  ///
  /// The sequence throws ``ConnectionError`` when the connection ends or the reader falls behind.
  public var notifications: some AsyncSequence<ServerNotification, any Error> & Sendable {
    notificationLines.map { try ReplyReader.notification($0) }
  }

  /// Closes the connection; calls in flight throw ``ConnectionError``.
  public func close() async {
    try? await channel.close().get()
  }

  private func send(
    _ calls: [PreparedCall], deadline: Duration?
  ) async throws -> [Result<JSON, RPCError>] {
    guard !calls.isEmpty else { return [] }
    let first = nextID.add(calls.count, ordering: .relaxed).oldValue
    var bytes = channel.allocator.buffer(capacity: calls.reduce(0) { $0 + $1.byteCount + 8 })
    for (offset, call) in calls.enumerated() { call.write(id: first + offset, to: &bytes) }
    let replies = calls.map { _ in channel.eventLoop.makePromise(of: ByteBuffer.self) }
    let timer = (deadline ?? options.callDeadline).map { expire(replies, after: $0) }
    defer { timer?.cancel() }

    // A channel that has closed already has no handler any more that would refuse the requests.
    let written = channel.eventLoop.makePromise(of: Void.self)
    written.futureResult.whenFailure { cause in
      let error =
        cause as? ConnectionError
        ?? ConnectionError(.closed, "the connection is closed", cause: cause)
      for reply in replies { reply.fail(error) }
    }
    channel.writeAndFlush(OutgoingRequests(bytes: bytes, replies: replies), promise: written)
    return try await withTaskCancellationHandler {
      var results: [Result<JSON, RPCError>] = []
      for (offset, reply) in replies.enumerated() {
        let line = try await reply.futureResult.get()
        results.append(try ReplyReader.result(line, id: first + offset))
      }
      return results
    } onCancel: {
      for reply in replies { reply.fail(CancellationError()) }
    }
  }

  /// The places in the line stay taken: late replies arrive there and are thrown away.
  private func expire(
    _ replies: [EventLoopPromise<ByteBuffer>], after time: Duration
  ) -> Scheduled<Void> {
    channel.eventLoop.scheduleTask(in: TimeAmount(time)) {
      for reply in replies {
        reply.fail(ConnectionError(.deadlineExceeded, "the server did not answer in time"))
      }
    }
  }
}
