internal import Foundation

/// Looks for the count of clients with which pgbench does most.
struct ReferenceSearch {
  let run: ReferenceRun
  let candidates: [ReferenceRun.Clients]
  let seconds: Double

  init(_ run: ReferenceRun, counts: [Int], seconds: Double) {
    self.run = run
    self.seconds = seconds
    let cores = ProcessInfo.processInfo.activeProcessorCount
    candidates = counts.flatMap { count in
      Set([1, min(count, cores)]).sorted().map { .init(count: count, threads: $0) }
    }
  }

  /// The best of them, by one run each; one alone needs none.
  /// - Parameter before: makes the companies as each run needs them.
  func best(
    for script: ReferenceScript, behind: inout CardNumbers, before: () async throws -> Void
  ) async throws -> ReferenceRun.Clients {
    if candidates.count == 1 { return candidates[0] }
    var best: (clients: ReferenceRun.Clients, throughput: Double)?
    for clients in candidates {
      try await before()
      let figures = try await run.measure(
        script, clients: clients, seconds: seconds, behind: behind.takeRange())
      if figures.throughput > best?.throughput ?? 0 { best = (clients, figures.throughput) }
    }
    guard let best else { throw BenchmarkError("pgbench did nothing") }
    return best.clients
  }
}

/// Hands out ranges of card numbers that nobody else uses: the server's own stay far below.
struct CardNumbers {
  private var next: Int64 = 1 << 40

  mutating func takeRange() -> Int64 {
    next += 1 << 30
    return next
  }
}
