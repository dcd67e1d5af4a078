internal import Foundation

/// Looks for the count of clients with which pgbench does most.
struct ReferenceSearch {
  let candidates: [ReferenceRun.Clients]
  let seconds: Double

  init(counts: [Int], seconds: Double) {
    self.seconds = seconds
    let cores = ProcessInfo.processInfo.activeProcessorCount
    candidates = counts.flatMap { count in
      Set([1, min(count, cores)]).sorted().map { .init(count: count, threads: $0) }
    }
  }

  /// The best of them, by one run each; one alone needs none.
  func best(
    _ measure: (ReferenceRun.Clients, Double) async throws -> Figures
  ) async throws -> ReferenceRun.Clients {
    if candidates.count == 1 { return candidates[0] }
    var best: (clients: ReferenceRun.Clients, throughput: Double)?
    for clients in candidates {
      let figures = try await measure(clients, seconds)
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
