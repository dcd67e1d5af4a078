internal import DequeModule

/// The bounded queue of transactions for which no connection has a place yet.
///
/// Each owner has a line of its own and the lines take turns, so that one with many transactions delays
/// the others' next one by one of its own, not by all of them.
struct WaitingQueue {
  struct Entry {
    let transaction: Transaction
    let since: ContinuousClock.Instant
  }

  let limit: Int
  /// How many wait.
  private(set) var count = 0
  /// What had a place before its connection broke: before all the others.
  private var returned: Deque<Entry> = []
  private var lines: [Int64: Deque<Entry>] = [:]
  /// Who has somebody waiting, in the order of their turns.
  private var turns: Deque<Int64> = []
  /// How many entries' callers may have left since the last sweep.
  private var abandoned = 0

  init(limit: Int) {
    self.limit = limit
  }

  var isEmpty: Bool {
    count == 0
  }

  /// When the one waiting longest began to wait: not always the first, see `prepend`.
  var oldest: ContinuousClock.Instant? {
    let first = returned.lazy.map(\.since).min()
    // Within a line each came after those before it.
    let others = lines.values.lazy.compactMap { $0.first?.since }.min()
    guard let first, let others else { return first ?? others }
    return min(first, others)
  }

  /// Puts a transaction at the end of its owner's line; false if the queue is full.
  mutating func append(_ transaction: Transaction, at now: ContinuousClock.Instant) -> Bool {
    if count >= limit, abandoned > 0 { sweep() }
    guard count < limit else { return false }
    let owner = transaction.owner
    if lines[owner] == nil { turns.append(owner) }
    lines[owner, default: []].append(Entry(transaction: transaction, since: now))
    count += 1
    return true
  }

  /// Puts back at the front what had a place before its connection broke. Not bounded: it was admitted
  /// already, and there is at most what was in flight.
  mutating func prepend(_ transactions: [Transaction], at now: ContinuousClock.Instant) {
    for transaction in transactions.reversed() {
      returned.prepend(Entry(transaction: transaction, since: now))
    }
    count += transactions.count
  }

  /// A caller has left; its entry goes when room is needed.
  mutating func noteAbandoned() {
    abandoned += 1
  }

  /// The next one; its owner's turn comes again after all the others'.
  mutating func popFirst() -> Transaction? {
    if let entry = returned.popFirst() {
      count -= 1
      return entry.transaction
    }
    guard let owner = turns.popFirst(), let entry = lines[owner]?.popFirst() else { return nil }
    count -= 1
    if lines[owner]?.isEmpty == false { turns.append(owner) } else { lines[owner] = nil }
    return entry.transaction
  }

  /// Takes out everything that has waited since before the given instant.
  mutating func removeAll(before instant: ContinuousClock.Instant) -> [Transaction] {
    remove { $0.since <= instant }
  }

  /// Calls the body with each waiting transaction.
  func forEach(_ body: (Transaction) -> Void) {
    for entry in returned { body(entry.transaction) }
    for line in lines.values { for entry in line { body(entry.transaction) } }
  }

  /// Drops the entries whose callers have their answer.
  mutating func sweep() {
    _ = remove { $0.transaction.isFinished }
    abandoned = 0
  }

  private mutating func remove(where isUnwanted: (Entry) -> Bool) -> [Transaction] {
    var removed: [Transaction] = []
    func filter(_ line: inout Deque<Entry>) {
      guard line.contains(where: isUnwanted) else { return }
      line.removeAll { entry in
        guard isUnwanted(entry) else { return false }
        removed.append(entry.transaction)
        return true
      }
    }
    filter(&returned)
    for owner in turns { filter(&lines[owner, default: []]) }
    turns.removeAll { lines[$0]?.isEmpty != false }
    lines = lines.filter { !$0.value.isEmpty }
    count -= removed.count
    return removed
  }
}
