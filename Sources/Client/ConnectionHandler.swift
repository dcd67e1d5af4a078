internal import NIOCore
internal import NIOTLS

/// Matches reply lines with the requests sent, in order; hands notifications on.
///
/// Lives on its channel's event loop alone.
final class ConnectionHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = OutgoingRequests
  typealias OutboundOut = ByteBuffer

  private enum Waiting {
    case call(EventLoopPromise<ByteBuffer>)
    case load(LoadDriver, index: Int, sentAt: NIODeadline)
  }

  private var waiting = CircularBuffer<Waiting>()
  private var splitter: LineSplitter
  private var end: ConnectionError?
  private let notifications: NotificationSource
  private let handshake: EventLoopPromise<Void>?

  init(
    maximumReplyBytes: Int, notifications: NotificationSource, handshake: EventLoopPromise<Void>?
  ) {
    self.splitter = LineSplitter(limit: maximumReplyBytes)
    self.notifications = notifications
    self.handshake = handshake
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let requests = unwrapOutboundIn(data)
    if let end {
      for reply in requests.replies { reply.fail(end) }
      promise?.fail(end)
      return
    }
    waiting.append(contentsOf: requests.replies.map(Waiting.call))
    context.write(wrapOutboundOut(requests.bytes), promise: promise)
  }

  /// Sends what the driver gives until its window is full or it has no more.
  func fill(_ driver: LoadDriver, context: ChannelHandlerContext) {
    if let end { return driver.fail(end) }
    guard let batch = driver.nextBatch(allocator: context.channel.allocator) else { return }
    let now = NIODeadline.now()
    for index in batch.indices {
      waiting.append(.load(driver, index: index, sentAt: now))
    }
    context.writeAndFlush(wrapOutboundOut(batch.bytes), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    splitter.append(&bytes)
    var refill: LoadDriver?
    reading: while end == nil {
      switch splitter.next() {
      case .line(let line) where line.readableBytes == 0: continue
      case .line(let line): refill = deliver(line, context: context) ?? refill
      case .needMore: break reading
      case .tooLong:
        stop(
          ConnectionError(.protocolViolation, "the server sent a line longer than the limit"),
          context: context)
      }
    }
    if let refill, end == nil { fill(refill, context: context) }
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
    stop(ConnectionError(.closed, "the connection broke: \(error)", cause: error), context: context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    finish(ConnectionError(.closed, "the server closed the connection"))
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
