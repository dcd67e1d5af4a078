internal import DequeModule

/// The bounded queue of transactions for which no connection has a place yet.
struct WaitingQueue {
  struct Entry {
    let transaction: Transaction
    let since: ContinuousClock.Instant
  }

  let limit: Int
  private var entries: Deque<Entry> = []
  /// How many entries' callers may have left since the last sweep.
  private var abandoned = 0

  init(limit: Int) {
    self.limit = limit
  }

  var count: Int {
    entries.count
  }

  var isEmpty: Bool {
    entries.isEmpty
  }

  /// When the one waiting longest began to wait: not always the first, see `prepend`.
  var oldest: ContinuousClock.Instant? {
    entries.lazy.map(\.since).min()
  }

  /// Puts a transaction at the end; false if the queue is full.
  mutating func append(_ transaction: Transaction, at now: ContinuousClock.Instant) -> Bool {
    if entries.count >= limit, abandoned > 0 { sweep() }
    guard entries.count < limit else { return false }
    entries.append(Entry(transaction: transaction, since: now))
    return true
  }

  /// Puts back at the front what had a place before its connection broke. Not bounded: it was admitted
  /// already, and there is at most what was in flight.
  mutating func prepend(_ transactions: [Transaction], at now: ContinuousClock.Instant) {
    for transaction in transactions.reversed() {
      entries.prepend(Entry(transaction: transaction, since: now))
    }
  }

  /// A caller has left; its entry goes when room is needed.
  mutating func noteAbandoned() {
    abandoned += 1
  }

  mutating func popFirst() -> Transaction? {
    entries.popFirst()?.transaction
  }

  /// Takes out everything that has waited since before the given instant.
  mutating func removeAll(before instant: ContinuousClock.Instant) -> [Transaction] {
    let expired = entries.filter { $0.since <= instant }
    if !expired.isEmpty { entries.removeAll { $0.since <= instant } }
    return expired.map(\.transaction)
  }

  /// Calls the body with each waiting transaction.
  func forEach(_ body: (Transaction) -> Void) {
    for entry in entries { body(entry.transaction) }
  }

  /// Drops the entries whose callers have their answer.
  mutating func sweep() {
    entries.removeAll { $0.transaction.isFinished }
    abandoned = 0
  }
}
