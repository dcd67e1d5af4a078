internal import CoreMetrics
internal import JSON
internal import JSONRPC
internal import NIOCore

/// Replies are gathered, and written once nothing more can be said at once.
extension Connection {
  /// How much is gathered before it is written in any case.
  private static let gathered = 64 << 10

  /// Adds a reply.
  func append(_ outcome: Result<RawJSON, RPCError>, id: RequestID?) {
    loop.withScratch { bytes in
      Reply.append(outcome, id: id, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
      append(bytes)
    }
  }

  /// Adds a line with its end.
  func append(_ line: [UInt8]) {
    guard let context, phase != .closed else { return }
    if output.readableBytes == 0 {
      output = context.channel.allocator.buffer(capacity: line.count)
    }
    output.writeBytes(line)
    if output.readableBytes >= Self.gathered { flush() }
  }

  /// Writes what was gathered.
  func flush() {
    guard output.readableBytes > 0, let context else { return }
    let bytes = output
    output = ByteBuffer()
    core.metrics.sentBytes.increment(by: bytes.readableBytes)
    isFlushing = true
    context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    isFlushing = false
  }

  /// Writes what was gathered at the end of the loop's turn, should the next request not be done then.
  func scheduleFlush() {
    guard !isFlushScheduled, output.readableBytes > 0 else { return }
    isFlushScheduled = true
    loop.eventLoop.execute {
      self.isFlushScheduled = false
      self.flush()
    }
  }
}
