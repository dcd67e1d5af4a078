import Synchronization

/// Lines that wait to be asked for, by one asker at a time.
final class LineSource: Sendable {
  private struct State {
    var lines: [String] = []
    var first = 0
    var isEnded = false
    var asker: CheckedContinuation<String?, Never>?
  }

  private let state = Mutex(State())

  func add(_ line: String) {
    let asker = state.withLock { state in
      guard let asker = state.asker else {
        state.lines.append(line)
        return nil as CheckedContinuation<String?, Never>?
      }
      state.asker = nil
      return asker
    }
    asker?.resume(returning: line)
  }

  func end() {
    let asker = state.withLock { state in
      state.isEnded = true
      defer { state.asker = nil }
      return state.asker
    }
    asker?.resume(returning: nil)
  }

  func next() async -> String? {
    await withTaskCancellationHandler {
      await wait()
    } onCancel: {
      end()
    }
  }

  private func wait() async -> String? {
    await withCheckedContinuation { continuation in
      let known: String?? = state.withLock { state in
        if state.first < state.lines.count {
          defer { state.first += 1 }
          return state.lines[state.first]
        }
        if state.isEnded { return .some(nil) }
        state.asker = continuation
        return nil
      }
      if let known { continuation.resume(returning: known) }
    }
  }
}
