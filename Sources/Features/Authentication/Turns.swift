internal import JSONRPC
internal import Synchronization

/// Lets those who name the same thing go one after another: guesses at one account are counted before
/// the next one is heard.
final class Turns: Sendable {
  private let queues = Mutex<[String: [CheckedContinuation<Void, Never>]]>([:])
  private let mostWaiting: Int

  init(mostWaiting: Int = 100) {
    self.mostWaiting = mostWaiting
  }

  /// Does the work when it is its turn. Refuses where too many wait.
  func take<Value>(_ name: String, _ work: () async throws -> Value) async throws -> Value {
    let isRefused = queues.withLock { ($0[name]?.count ?? 0) >= mostWaiting }
    if isRefused { throw RPCError.rateLimited(retryAfterMilliseconds: 1000) }
    await withCheckedContinuation { turn in
      let isFree = queues.withLock { queues -> Bool in
        guard queues[name] == nil else {
          queues[name]?.append(turn)
          return false
        }
        queues[name] = []
        return true
      }
      if isFree { turn.resume() }
    }
    defer { pass(name) }
    return try await work()
  }

  private func pass(_ name: String) {
    let next = queues.withLock { queues -> CheckedContinuation<Void, Never>? in
      guard let waiting = queues[name], !waiting.isEmpty else {
        queues[name] = nil
        return nil
      }
      return queues[name]?.removeFirst()
    }
    next?.resume()
  }
}
