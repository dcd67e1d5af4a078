internal import CoreMetrics
internal import JSON
internal import JSONRPC
internal import NIOCore
internal import NIOTLS

/// Tells a client that there is no room for it, and closes.
///
/// Lives on its channel's event loop alone.
final class RefusalHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let reason: Admissions.Reason
  private let isEncrypted: Bool
  private let core: ServerCore
  private var timer: Scheduled<Void>?

  init(reason: Admissions.Reason, isEncrypted: Bool, core: ServerCore) {
    self.reason = reason
    self.isEncrypted = isEncrypted
    self.core = core
  }

  func channelActive(context: ChannelHandlerContext) {
    core.metrics.refused.increment()
    let timeouts = core.configuration.timeouts
    closeLater(isEncrypted ? timeouts.handshake : timeouts.lingering, context: context)
    if !isEncrypted { refuse(context: context) }
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    // What the client sends meanwhile is not of interest.
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted? = event as? TLSUserEvent {
      timer?.cancel()
      closeLater(core.configuration.timeouts.lingering, context: context)
      refuse(context: context)
    }
    if case .inputClosed? = event as? ChannelEvent { context.channel.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    core.admissions.leaveRefused()
    context.fireChannelInactive()
  }

  private func refuse(context: ChannelHandlerContext) {
    let message =
      switch reason {
      case .connections: "The server has as many connections as it may. Try again later."
      case .address: "Your address has as many connections as it may. Close some first."
      }
    let error = RPCError.rateLimited(retryAfterMilliseconds: 1000, message)
    let line = Reply.line(.failure(error), id: nil)
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: line)), promise: nil)
    // The client may be writing: closing at once could cost it the line.
    context.close(mode: .output, promise: nil)
  }

  private func closeLater(_ delay: Duration, context: ChannelHandlerContext) {
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(delay)) {
      context.close(promise: nil)
    }
  }
}
