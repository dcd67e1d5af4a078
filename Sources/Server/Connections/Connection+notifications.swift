internal import JSONRPC
internal import NIOCore

/// What the handler tells the client unasked.
extension Connection: NotificationOutput {
  func hasRoom() async -> Bool {
    await withCheckedContinuation { continuation in
      loop.eventLoop.execute { self.waitForRoom(continuation) }
    }
  }

  func write(_ lines: [UInt8], while condition: @escaping @Sendable () -> Bool) async -> Bool {
    await withCheckedContinuation { continuation in
      loop.eventLoop.execute {
        guard self.takesNotifications, condition() else {
          return continuation.resume(returning: false)
        }
        self.append(lines)
        // A client that takes what it is told is there.
        self.lastActivity = self.core.now
        self.flush()
        continuation.resume(returning: true)
      }
    }
  }

  private var takesNotifications: Bool { phase == .open && context != nil }

  private func waitForRoom(_ continuation: CheckedContinuation<Bool, Never>) {
    guard takesNotifications, let context else { return continuation.resume(returning: false) }
    if context.channel.isWritable { return continuation.resume(returning: true) }
    waitingForRoom.append(continuation)
  }

  /// The client has taken something, or nothing more will be told.
  func releaseThoseWhoWaitForRoom() {
    guard !waitingForRoom.isEmpty else { return }
    let waiting = waitingForRoom
    waitingForRoom = []
    for continuation in waiting { continuation.resume(returning: takesNotifications) }
  }
}
