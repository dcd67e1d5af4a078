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
    var open = 0
    var refusing = 0
    var byNetwork: [NetworkKey: Int] = [:]
    var isStopping = false
  }

  /// How many may be told at the same time that they are not served.
  private static let maximumRefusing = 64

  private let limit: Int
  private let limitPerNetwork: Int
  private let counts = Mutex(Counts())
  private let emptied: AsyncStream<Void>
  private let emptiedContinuation: AsyncStream<Void>.Continuation

  init(limit: Int, limitPerNetwork: Int) {
    self.limit = limit
    self.limitPerNetwork = limitPerNetwork
    (emptied, emptiedContinuation) = AsyncStream.makeStream()
  }

  /// How many connections are open.
  var open: Int { counts.withLock { $0.open } }

  /// Counts a connection in, if there is room. `network` is nil where no limit by address holds.
  func admit(from network: NetworkKey?) -> Verdict {
    counts.withLock { counts in
      if counts.isStopping { return .dropped }
      let fromThere = network.flatMap { counts.byNetwork[$0] } ?? 0
      if counts.open < limit, network == nil || fromThere < limitPerNetwork {
        counts.open += 1
        if let network { counts.byNetwork[network] = fromThere + 1 }
        return .admitted
      }
      guard counts.refusing < Self.maximumRefusing else { return .dropped }
      counts.refusing += 1
      return .refused(counts.open < limit ? .address : .connections)
    }
  }

  /// Counts a connection out that was admitted.
  func leave(from network: NetworkKey?) {
    let isEmpty = counts.withLock { counts in
      counts.open -= 1
      if let network, let fromThere = counts.byNetwork[network] {
        counts.byNetwork[network] = fromThere > 1 ? fromThere - 1 : nil
      }
      return counts.isStopping && counts.open == 0
    }
    if isEmpty { emptiedContinuation.finish() }
  }

  /// Counts a connection out that was refused.
  func leaveRefused() {
    counts.withLock { $0.refusing -= 1 }
  }

  /// Lets nobody in any more.
  func stop() {
    let isEmpty = counts.withLock { counts in
      counts.isStopping = true
      return counts.open == 0
    }
    if isEmpty { emptiedContinuation.finish() }
  }

  /// Waits until all have left after `stop`; false where that takes longer than `duration` or the
  /// task is cancelled.
  func isEmpty(within duration: Duration) async -> Bool {
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        for await _ in self.emptied {}
        return !Task.isCancelled
      }
      group.addTask {
        try? await Task.sleep(for: duration)
        return false
      }
      let isEmpty = await group.next() ?? false
      group.cancelAll()
      return isEmpty || counts.withLock { $0.open == 0 }
    }
  }
}
