internal import NIOCore

/// Keeps a window of requests in flight for ``ServerConnection/drive(window:next:reply:)``.
///
/// `@unchecked Sendable`: after its making it is touched on its connection's event loop alone.
final class LoadDriver: @unchecked Sendable {
  private let window: Int
  private let next: @Sendable (Int) -> PreparedCall?
  private let reply: @Sendable (LoadReply) -> Void
  private let done: EventLoopPromise<Void>
  private var inFlight = 0
  private var sent = 0
  private var isExhausted = false

  init(
    window: Int, done: EventLoopPromise<Void>,
    next: @escaping @Sendable (Int) -> PreparedCall?,
    reply: @escaping @Sendable (LoadReply) -> Void
  ) {
    self.window = max(1, window)
    self.done = done
    self.next = next
    self.reply = reply
  }

  /// The requests that fit into the window now; nil where there are none.
  func nextBatch(allocator: ByteBufferAllocator) -> (bytes: ByteBuffer, indices: Range<Int>)? {
    let first = sent
    var bytes = allocator.buffer(capacity: 256)
    while inFlight < window, !isExhausted {
      guard let call = next(sent) else {
        isExhausted = true
        break
      }
      call.write(id: sent, to: &bytes)
      sent += 1
      inFlight += 1
    }
    if isExhausted, inFlight == 0 { done.succeed() }
    return first == sent ? nil : (bytes, first..<sent)
  }

  func received(index: Int, sentAt: NIODeadline, isError: Bool, line: ByteBuffer) {
    inFlight -= 1
    reply(
      LoadReply(
        index: index, latencyNanoseconds: (NIODeadline.now() - sentAt).nanoseconds,
        isError: isError, line: line))
  }

  func fail(_ error: ConnectionError) {
    isExhausted = true
    done.fail(error)
  }
}
