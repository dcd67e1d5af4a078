internal import NIOCore
internal import NIOTLS

/// Matches reply lines with the requests sent, in order; hands notifications on.
///
/// Lives on its channel's event loop alone. Requests are handed to it directly and not through the
/// pipeline, which it leaves when the channel closes: whoever comes later must hear of the end too.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum Waiting {
    case call(EventLoopPromise<ByteBuffer>)
    case load(LoadDriver, index: Int, sentAt: NIODeadline)
  }

  private var waiting = CircularBuffer<Waiting>()
  private var splitter: LineSplitter
  private var end: ConnectionError?
  private var context: ChannelHandlerContext?
  private let notifications: NotificationSource
  private let handshake: EventLoopPromise<Void>?

  init(
    maximumReplyBytes: Int, notifications: NotificationSource, handshake: EventLoopPromise<Void>?
  ) {
    self.splitter = LineSplitter(limit: maximumReplyBytes)
    self.notifications = notifications
    self.handshake = handshake
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    // Attempts that lost the race to connect are removed too; nobody waits for those.
    if !waiting.isEmpty { finish(.closedByServer()) }
  }

  /// Sends requests; each of their promises is completed, whatever becomes of the connection.
  func send(_ requests: OutgoingRequests) {
    guard end == nil, let context else {
      for reply in requests.replies { reply.fail(end ?? .closedByServer()) }
      return
    }
    waiting.append(contentsOf: requests.replies.map(Waiting.call))
    write(requests.bytes, context: context)
  }

  /// Sends what the driver gives until its window is full or it has no more.
  func fill(_ driver: LoadDriver) {
    guard end == nil, let context else { return driver.fail(end ?? .closedByServer()) }
    guard let batch = driver.nextBatch(allocator: context.channel.allocator) else { return }
    let now = NIODeadline.now()
    for index in batch.indices {
      waiting.append(.load(driver, index: index, sentAt: now))
    }
    write(batch.bytes, context: context)
  }

  private func write(_ bytes: ByteBuffer, context: ChannelHandlerContext) {
    let written = context.eventLoop.makePromise(of: Void.self)
    written.futureResult.assumeIsolated().whenFailure { error in
      self.stop(.broken(error), context: context)
    }
    context.writeAndFlush(wrapOutboundOut(bytes), promise: written)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    splitter.append(&bytes)
    var refills: [LoadDriver] = []
    reading: while end == nil {
      switch splitter.next() {
      case .line(let line) where line.readableBytes == 0: continue
      case .line(let line):
        guard let driver = deliver(line, context: context) else { continue }
        if !refills.contains(where: { $0 === driver }) { refills.append(driver) }
      case .needMore: break reading
      case .tooLong:
        stop(
          ConnectionError(.protocolViolation, "the server sent a line longer than the limit"),
          context: context)
      }
    }
    // Also after the end: a driver with nothing in flight has no other way to hear of it.
    for driver in refills { fill(driver) }
  }

  private func deliver(_ line: ByteBuffer, context: ChannelHandlerContext) -> LoadDriver? {
    let shape = MessageShape(line)
    if shape == .notification {
      notifications.yield(line)
      return nil
    }
    guard shape != .unknown, let next = waiting.popFirst() else {
      stop(
        ConnectionError(
          .protocolViolation, "what answers there does not speak Voronka's protocol"),
        context: context)
      return nil
    }
    switch next {
    case .call(let promise):
      promise.succeed(line)
      return nil
    case .load(let driver, let index, let sentAt):
      driver.received(index: index, sentAt: sentAt, isError: shape == .error, line: line)
      return driver
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted? = event as? TLSUserEvent { handshake?.succeed() }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    stop(.broken(error), context: context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    finish(.closedByServer())
    context.fireChannelInactive()
  }

  private func stop(_ error: ConnectionError, context: ChannelHandlerContext) {
    finish(error)
    context.close(promise: nil)
  }

  private func finish(_ error: ConnectionError) {
    guard end == nil else { return }
    end = error
    handshake?.fail(error)
    let abandoned = waiting
    waiting.removeAll()
    for entry in abandoned {
      switch entry {
      case .call(let promise): promise.fail(error)
      case .load(let driver, _, _): driver.fail(error)
      }
    }
    notifications.finish(error)
  }
}
