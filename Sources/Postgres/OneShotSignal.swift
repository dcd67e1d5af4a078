internal import Synchronization

/// Something that happens once; whoever asks before waits, whoever asks after does not.
final class OneShotSignal: Sendable {
  private enum State {
    case pending([CheckedContinuation<Void, Never>])
    case fired
  }

  private let state = Mutex(State.pending([]))

  func fire() {
    let waiting = state.withLock { state in
      defer { state = .fired }
      guard case .pending(let waiting) = state else { return [CheckedContinuation<Void, Never>]() }
      return waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Returns once it has fired.
  func wait() async {
    await withCheckedContinuation { continuation in
      let hasFired = state.withLock { state in
        guard case .pending(let waiting) = state else { return true }
        state = .pending(waiting + [continuation])
        return false
      }
      if hasFired { continuation.resume() }
    }
  }
}
