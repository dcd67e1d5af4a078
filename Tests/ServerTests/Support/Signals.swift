import Synchronization

/// Things that happen once each, by name, and can be waited for.
final class Signals: Sendable {
  private struct State {
    var raised: Set<String> = []
    var waiting: [String: [AsyncStream<Void>.Continuation]] = [:]
  }

  private let state = Mutex(State())

  func raise(_ name: String) {
    let waiting = state.withLock { state in
      state.raised.insert(name)
      return state.waiting.removeValue(forKey: name) ?? []
    }
    for continuation in waiting { continuation.finish() }
  }

  func isRaised(_ name: String) -> Bool {
    state.withLock { $0.raised.contains(name) }
  }

  /// Returns once the signal is raised; false where the task was cancelled before.
  @discardableResult
  func wait(_ name: String) async -> Bool {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    let isRaised = state.withLock { state in
      if state.raised.contains(name) { return true }
      state.waiting[name, default: []].append(continuation)
      return false
    }
    if isRaised { return true }
    for await _ in stream {}
    return self.isRaised(name)
  }
}
