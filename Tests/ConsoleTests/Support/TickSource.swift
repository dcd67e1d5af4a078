import Synchronization

/// Pauses that end when a test says so.
final class TickSource: Sendable {
  private let waiting = Mutex<[CheckedContinuation<Void, any Error>]>([])
  private let ended = Mutex(false)

  /// Waits for the next tick, or until the task is cancelled.
  func pause(_ duration: Duration) async throws {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isOver = ended.withLock { ended in
          if !ended { waiting.withLock { $0.append(continuation) } }
          return ended
        }
        if isOver { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      ended.withLock { $0 = true }
      for continuation in take() { continuation.resume(throwing: CancellationError()) }
    }
  }

  /// Ends all pauses.
  func tick() {
    for continuation in take() { continuation.resume() }
  }

  private func take() -> [CheckedContinuation<Void, any Error>] {
    waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}
