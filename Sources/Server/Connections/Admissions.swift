internal import Synchronization

/// Counts the connections that are open, and lets in no more than there may be.
final class Admissions: Sendable {
  /// What becomes of a new connection.
  enum Verdict: Sendable {
    /// It is served.
    case admitted
    /// It gets an error that says why, and goes.
    case refused(Reason)
    /// It goes without a word: enough are being refused already.
    case dropped
  }

  /// Why a connection is refused.
  enum Reason: Sendable {
    case connections
    case address
  }

  private struct Counts {
    var limit: Int
    var open = 0
    var refusing = 0
    var byNetwork: [NetworkKey: Int] = [:]
    var isStopping = false
    /// Who waits for the last one to leave after the stop.
    var waiting: [AsyncStream<Void>.Continuation] = []

    /// Those who wait, where they need not any more.
    mutating func released() -> [AsyncStream<Void>.Continuation] {
      guard isStopping, open == 0 else { return [] }
      defer { waiting = [] }
      return waiting
    }
  }

  /// How many may be told at the same time that they are not served.
  private static let maximumRefusing = 64

  private let limitPerNetwork: Int
  private let counts: Mutex<Counts>

  init(limit: Int, limitPerNetwork: Int) {
    self.counts = Mutex(Counts(limit: limit))
    self.limitPerNetwork = limitPerNetwork
  }

  /// How many connections are open.
  var open: Int { counts.withLock { $0.open } }

  /// How many are being told that there is no room.
  var refusing: Int { counts.withLock { $0.refusing } }

  /// Lets in no more than that from now on.
  func lower(to limit: Int) {
    counts.withLock { $0.limit = min($0.limit, limit) }
  }

  /// Counts a connection in, if there is room. `network` is nil where no limit by address holds.
  /// `mayExplain`: whether there is a way to tell a client that there is none.
  func admit(from network: NetworkKey?, mayExplain: Bool = true) -> Verdict {
    counts.withLock { counts in
      if counts.isStopping { return .dropped }
      let fromThere = network.flatMap { counts.byNetwork[$0] } ?? 0
      if counts.open < counts.limit, network == nil || fromThere < limitPerNetwork {
        counts.open += 1
        if let network { counts.byNetwork[network] = fromThere + 1 }
        return .admitted
      }
      guard mayExplain, counts.refusing < Self.maximumRefusing else { return .dropped }
      counts.refusing += 1
      return .refused(counts.open < counts.limit ? .address : .connections)
    }
  }

  /// Counts a connection out that was admitted.
  func leave(from network: NetworkKey?) {
    let released = counts.withLock { counts in
      counts.open -= 1
      if let network, let fromThere = counts.byNetwork[network] {
        counts.byNetwork[network] = fromThere > 1 ? fromThere - 1 : nil
      }
      return counts.released()
    }
    for continuation in released { continuation.finish() }
  }

  /// Counts a connection out that was refused.
  func leaveRefused() {
    counts.withLock { $0.refusing -= 1 }
  }

  /// Lets nobody in any more.
  func stop() {
    counts.withLock { $0.isStopping = true }
  }

  /// Waits until all have left after `stop`; false where that takes longer than `duration` or the
  /// task is cancelled.
  func isEmpty(within duration: Duration) async -> Bool {
    let (emptied, continuation) = AsyncStream.makeStream(of: Void.self)
    let released = counts.withLock { counts in
      counts.waiting.append(continuation)
      return counts.released()
    }
    for continuation in released { continuation.finish() }
    await withTaskGroup { group in
      group.addTask {
        for await _ in emptied {}
      }
      group.addTask { try? await Task.sleep(for: duration) }
      await group.next()
      group.cancelAll()
    }
    return open == 0
  }
}
