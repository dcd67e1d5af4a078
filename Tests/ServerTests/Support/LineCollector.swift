import NIOCore
import NIOSSL
import NIOTLS

/// Gathers what a server sends, line by line; a last line without its end is marked as broken.
final class LineCollector: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let lines: LineSource
  private let staysOpen: Bool
  private let onCertificate: (@Sendable ([UInt8]) -> Void)?
  private var bytes = ByteBuffer()

  init(_ lines: LineSource, staysOpen: Bool, onCertificate: (@Sendable ([UInt8]) -> Void)?) {
    self.lines = lines
    self.staysOpen = staysOpen
    self.onCertificate = onCertificate
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var new = unwrapInboundIn(data)
    while let end = new.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
      var piece = new.readSlice(length: end - new.readerIndex) ?? ByteBuffer()
      new.moveReaderIndex(forwardBy: 1)
      bytes.writeBuffer(&piece)
      lines.add(bytes.readString(length: bytes.readableBytes) ?? "")
      bytes.clear()
    }
    bytes.writeBuffer(&new)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .inputClosed? = event as? ChannelEvent {
      end()
      if !staysOpen { context.close(promise: nil) }
    }
    if case .handshakeCompleted? = event as? TLSUserEvent {
      let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)
      if let certificate = try? handler?.peerCertificate?.toDERBytes() {
        onCertificate?(certificate)
      }
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { end() }

  private func end() {
    if bytes.readableBytes > 0 {
      lines.add("BROKEN: \(bytes.readString(length: bytes.readableBytes) ?? "")")
    }
    lines.end()
  }
}
