internal import NIOCore

/// Counts the bytes handed to a connection's socket, after encryption where there is any, and tells
/// when they are gone. Stands next to the socket.
///
/// Lives on its channel's event loop alone.
final class OutputMeter: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// The bytes handed over since the connection opened.
  private(set) var handedOver = 0
  private var context: ChannelHandlerContext?

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    handedOver += unwrapOutboundIn(data).readableBytes
    context.write(data, promise: promise)
  }

  /// How many of the bytes the system has not taken yet.
  var waiting: Int {
    (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
  }

  /// Closes the socket, whatever waits.
  func close() {
    context?.close(promise: nil)
  }

  /// Calls back once the system has taken everything that was handed over, or the connection ended.
  func whenAllTaken(_ callback: @escaping () -> Void) {
    guard let context else { return callback() }
    let promise = context.eventLoop.makePromise(of: Void.self)
    promise.futureResult.assumeIsolated().whenComplete { _ in callback() }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: promise)
  }
}
