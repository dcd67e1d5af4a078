internal import NIOCore

/// Bytes to send, and who waits for the replies to them, in order.
struct OutgoingRequests: Sendable {
  let bytes: ByteBuffer
  let replies: [EventLoopPromise<ByteBuffer>]
}
