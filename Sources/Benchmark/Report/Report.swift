internal import Foundation
internal import SalesRules

/// What was found, for people.
struct Report: Sendable {
  let options: BenchmarkOptions
  let machine: Machine
  let version: String
  let postgres: String
  let now: Timestamp
  let comparisons: [Comparison]
  let idle: IdleConnections?
  /// The most memory that the server held under all the load, in KiB.
  let peakMemory: Int

  /// The whole as Markdown.
  var markdown: String {
    """
    # Benchmark of \(now.description.prefix(10))

    - Machine: \(machine). Clients, server and database share it.
    - Voronka \(version), \(postgres).
    - \(options.tenants * options.deals) deals in \(options.tenants) companies; runs of \
    \(Self.number(options.seconds, 1)) s, \(options.pairs) pairs, medians.\(fields)

    ## The server

    \(comparisons.services.markdown)

    ## The reference

    \(comparisons.references.markdown)

    ## Memory

    \(memory)

    """
  }

  private var fields: String {
    guard options.hasFields else { return "" }
    return
      " Cards have \(CompanyFields.count) fields of the company's own; every open stage demands "
      + "\(CompanyFields.requiredCount) of them."
  }

  /// The same for a terminal.
  var text: String {
    [comparisons.services.text, comparisons.references.text, memory].joined(separator: "\n\n")
  }

  private var memory: String {
    var lines = [
      "- The server's peak under all this load (VmHWM): \(Self.number(Double(peakMemory) / 1024, 1)) MiB"
    ]
    if let idle {
      lines += [
        "- A fresh server (VmRSS): \(Self.number(Double(idle.before) / 1024, 1)) MiB",
        "- Above it, each of \(idle.count) idle connections: \(Self.number(idle.connected, 1)) KiB, "
          + "logged in \(Self.number(idle.loggedIn, 1)) KiB",
      ]
    }
    return lines.joined(separator: "\n")
  }

  private static func number(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
