internal import JSONRPC
internal import Synchronization

/// Lets those who name the same thing go one after another: guesses at one account are counted before
/// the next one is heard, and who takes a turn among people has written it before the next one is chosen.
final class Turns: Sendable {
  private let queues = Mutex<[String: [CheckedContinuation<Void, Never>]]>([:])
  private let mostWaiting: Int

  init(mostWaiting: Int = 100) {
    self.mostWaiting = mostWaiting
  }

  /// Does the work when it is its turn. Refuses where too many wait.
  func take<Value>(_ name: String, _ work: () async throws -> Value) async throws -> Value {
    try await wait(for: name)
    defer { pass(name) }
    return try await work()
  }

  /// Waits for its turn, which has to be passed on afterwards. Refuses where too many wait.
  func wait(for name: String) async throws {
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
  }

  /// It is the next one's turn.
  func pass(_ name: String) {
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
