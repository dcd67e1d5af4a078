internal import NIOCore

/// The writing end of a connection's stream of notifications.
///
/// When the reader falls behind its buffer, the stream ends with `overflow` instead of leaving a gap
/// unsaid.
struct NotificationSource: Sendable {
  let continuation: AsyncThrowingStream<ByteBuffer, any Error>.Continuation

  func yield(_ line: ByteBuffer) {
    guard case .dropped = continuation.yield(line) else { return }
    continuation.finish(
      throwing: ConnectionError(.overflow, "notifications came faster than they were read"))
  }

  func finish(_ error: ConnectionError) {
    continuation.finish(throwing: error)
  }
}
