internal import Synchronization

/// Wakes one who waits; a call that comes before the waiting is not lost, several are one.
final class EventSignal: Sendable {
  private struct State {
    var isRaised = false
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// There is something to look at.
  func raise() {
    let waiting = state.withLock { state in
      guard let waiting = state.waiting else {
        state.isRaised = true
        return nil as CheckedContinuation<Void, Never>?
      }
      state.waiting = nil
      return waiting
    }
    waiting?.resume()
  }

  /// Waits until it is raised, or the task is cancelled.
  func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let goesOn = state.withLock { state in
          if state.isRaised {
            state.isRaised = false
            return true
          }
          state.waiting = continuation
          return false
        }
        if goesOn { return continuation.resume() }
        // The cancellation may have come before there was anybody to wake.
        if Task.isCancelled { release() }
      }
    } onCancel: {
      release()
    }
  }

  /// The same for at most so long.
  func wait(atMost time: Duration) async {
    await withTaskGroup { group in
      group.addTask { await self.wait() }
      group.addTask { try? await Task.sleep(for: time) }
      await group.next()
      group.cancelAll()
    }
  }

  private func release() {
    let waiting = state.withLock { state in
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume()
  }
}
