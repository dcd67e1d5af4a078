internal import DequeModule
internal import JSONRPC
internal import Synchronization

/// How many transactions of one company are at work at the same time.
///
/// Whoever comes beyond waits in the company's own line and not before the others' work: a place that
/// becomes free goes to the company's next. The line is bounded, and so is the time in it.
final class CompanyPlaces: Sendable {
  private struct Waiting {
    let continuation: CheckedContinuation<Bool, Never>
    let since: ContinuousClock.Instant
  }

  private struct Line {
    var taken = 0
    var waiting: Deque<Waiting> = []
  }

  private let places: Int
  private let lineLimit: Int
  private let patience: Duration
  private let lines = Mutex<[Int64: Line]>([:])

  init(_ places: Int, lineLimit: Int = 1000, patience: Duration = .seconds(5)) {
    self.places = max(1, places)
    self.lineLimit = lineLimit
    self.patience = patience
  }

  /// Carries out work of a company as soon as it has a place; refuses where its line is too long.
  func work<Value>(
    for company: Int64, _ body: () async throws -> sending Value
  ) async throws -> sending Value {
    if !takeAtOnce(company) { try await wait(company) }
    defer { leave(company) }
    return try await body()
  }

  /// How many of the company's wait.
  func waiting(_ company: Int64) -> Int {
    lines.withLock { $0[company]?.waiting.count ?? 0 }
  }

  private func takeAtOnce(_ company: Int64) -> Bool {
    lines.withLock { lines in
      guard lines[company, default: Line()].taken < places else { return false }
      lines[company, default: Line()].taken += 1
      return true
    }
  }

  private func wait(_ company: Int64) async throws(RPCError) {
    let hasPlace = await withCheckedContinuation { continuation in
      let answer: Bool? = lines.withLock { lines in
        var line = lines[company] ?? Line()
        // One may have become free meanwhile.
        guard line.taken >= places else {
          line.taken += 1
          lines[company] = line
          return true
        }
        guard line.waiting.count < lineLimit else { return false }
        line.waiting.append(Waiting(continuation: continuation, since: .now))
        lines[company] = line
        return nil
      }
      if let answer { continuation.resume(returning: answer) }
    }
    guard !hasPlace else { return }
    throw .rateLimited(
      retryAfterMilliseconds: 1000,
      "Your company has too many requests under way at the same time. Wait and try again.")
  }

  /// Gives the place to the next in the line, and an answer to those who have waited too long.
  private func leave(_ company: Int64) {
    var refused: [Waiting] = []
    let next = lines.withLock { lines -> Waiting? in
      guard var line = lines[company] else { return nil }
      let now = ContinuousClock.now
      while let first = line.waiting.first, now - first.since > patience {
        refused.append(line.waiting.removeFirst())
      }
      let next = line.waiting.popFirst()
      if next == nil { line.taken -= 1 }
      lines[company] = line.taken == 0 ? nil : line
      return next
    }
    next?.continuation.resume(returning: true)
    for waiting in refused { waiting.continuation.resume(returning: false) }
  }
}
