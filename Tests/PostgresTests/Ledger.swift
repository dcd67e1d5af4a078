internal import Postgres
internal import Synchronization
internal import Testing

/// Inserts under load, and what each caller was told of its own.
final class Ledger: Sendable {
  private struct Told {
    var done: Set<Int64> = []
    var absent: Set<Int64> = []
    var unknown: Set<Int64> = []
    var isStopped = false
  }

  private let told = Mutex(Told())
  private let lastNumber = Atomic<Int64>(0)
  private let progress = AsyncStream<Void>.makeStream()
  private let insert: Statement
  private let select: Statement

  /// - Parameters:
  ///   - insert: takes the number of a row; nothing in the table keeps a number from standing twice.
  ///   - select: gives the numbers of all rows.
  init(insert: Statement, select: Statement) {
    (self.insert, self.select) = (insert, select)
  }

  /// Inserts row after row, several at a time, until stopped.
  func fill(_ pool: Pool, workers: Int = 16) async {
    await withDiscardingTaskGroup { group in
      for _ in 0..<workers { group.addTask { await self.work(pool) } }
    }
    progress.continuation.finish()
  }

  /// Returns when so many more rows have been acknowledged.
  func untilDone(_ count: Int) async {
    let goal = told.withLock { $0.done.count } + count
    for await _ in progress.stream where told.withLock({ $0.done.count >= goal }) { return }
  }

  func stop() {
    told.withLock { $0.isStopped = true }
  }

  /// What was acknowledged stands there once, what was told to be absent does not, nothing stands twice.
  func check(_ pool: Pool, sourceLocation: SourceLocation = #_sourceLocation) async throws -> (
    done: Int, absent: Int, unknown: Int
  ) {
    let numbers = try await pool.transaction([select()])[0].map { try $0.integer(0) }
    let rows = Set(numbers)
    let told = told.withLock { $0 }
    #expect(rows.count == numbers.count, "a row stands twice", sourceLocation: sourceLocation)
    #expect(told.done.subtracting(rows).isEmpty, "lost", sourceLocation: sourceLocation)
    #expect(told.absent.intersection(rows).isEmpty, "not undone", sourceLocation: sourceLocation)
    #expect(
      rows.subtracting(told.done).isSubset(of: told.unknown), sourceLocation: sourceLocation)
    return (told.done.count, told.absent.count, told.unknown.count)
  }

  private func work(_ pool: Pool) async {
    while !Task.isCancelled, !told.withLock({ $0.isStopped }) {
      let number = lastNumber.add(1, ordering: .relaxed).newValue
      do {
        _ = try await pool.transaction([insert(.integer(number))])
        told.withLock { _ = $0.done.insert(number) }
        progress.continuation.yield()
      } catch {
        let isUnknown = error.mayHaveCommitted
        told.withLock { told in
          if isUnknown { _ = told.unknown.insert(number) } else { _ = told.absent.insert(number) }
        }
      }
    }
  }
}
