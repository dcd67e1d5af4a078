internal import NIOCore
internal import NIOHTTP1

/// Answers one HTTP request after another; NIO's own handler holds back what comes meanwhile.
///
/// Lives on its channel's event loop alone.
final class MetricsHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let pages: MetricsPages
  private var head: HTTPRequestHead?

  init(pages: MetricsPages) {
    self.pages = pages
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
    case .body:
      break
    case .end:
      guard let head else { return }
      self.head = nil
      answer(head, context: context)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func answer(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
    let promise = context.eventLoop.makePromise(of: MetricsPages.Page.self)
    promise.futureResult.assumeIsolated().whenSuccess { page in
      self.write(page, to: head, context: context)
    }
    let pages = self.pages
    Task { promise.succeed(await pages.page(head.method, head.uri)) }
  }

  private func write(
    _ page: MetricsPages.Page, to request: HTTPRequestHead, context: ChannelHandlerContext
  ) {
    let body = ByteBuffer(string: page.text)
    var head = HTTPResponseHead(version: request.version, status: page.status)
    head.headers.add(name: "Content-Type", value: page.type)
    head.headers.add(name: "Content-Length", value: "\(body.readableBytes)")
    head.headers.add(name: "Cache-Control", value: "no-store")
    if let allow = page.allow { head.headers.add(name: "Allow", value: allow) }
    if !request.isKeepAlive { head.headers.add(name: "Connection", value: "close") }
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request.method != .HEAD {
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    let written = context.eventLoop.makePromise(of: Void.self)
    if !request.isKeepAlive {
      written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
  }
}
