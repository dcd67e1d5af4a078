internal import Foundation
internal import SalesRules

/// What was found about noisy neighbours, for people.
struct NoiseReport: Sendable {
  let options: BenchmarkOptions
  let extent: NeighbourLoad.Extent
  let machine: Machine
  let version: String
  let postgres: String
  let now: Timestamp
  let figures: [(phase: NoisePhase, median: NeighbourFigures)]

  /// The whole as Markdown.
  var markdown: String {
    """
    # Noisy neighbours, \(now.description.prefix(10))

    - Machine: \(machine). Clients, server and database share it.
    - Voronka \(version), \(postgres).
    - \(extent.others) companies send a request every \(extent.interval / 1_000_000) ms each; one \
    floods over \(extent.flood) connections. \(options.tenants * options.deals) deals in \
    \(options.tenants) companies; runs of \(Self.number(options.seconds, 1)) s, \(options.pairs) \
    times, medians.

    \(table.markdown)

    \(verdict)

    """
  }

  /// The same for a terminal.
  var text: String { table.text + "\n\n" + verdict }

  private var table: Table {
    var table = Table([
      "the others", "requests/s", "p50 ms", "p99 ms", "slowest ms", "flood answered/s",
      "flood refused/s",
    ])
    for (phase, median) in figures {
      table.add(
        [phase.title]
          + [median.throughput].map { Self.number($0, 0) }
          + [median.p50, median.p99, median.slowest].map { Self.number($0, 2) }
          + [median.answered, median.refused].map { Self.number($0, 0) })
    }
    return table
  }

  /// The goal: under its plan's limit a flood leaves the others' p99 within twice, or 10 ms.
  private var verdict: String {
    guard let alone = figures.first(where: { $0.phase == .alone })?.median,
      let limited = figures.first(where: { $0.phase == .limited })?.median
    else { return "" }
    let goal = max(2 * alone.p99, 10)
    return "The goal for the others' p99 beside a limited flood is \(Self.number(goal, 1)) ms: "
      + (limited.p99 <= goal ? "reached." : "not reached.")
  }

  private static func number(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
