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

    - Machine: \(machine.processor), \(machine.cores) cores, \(Self.number(machine.memory, 1)) GiB, \
    \(machine.system), Linux \(machine.kernel). Clients, server and database share it.
    - Voronka \(version), \(postgres).
    - \(options.tenants * options.deals) deals in \(options.tenants) companies; runs of \
    \(Self.number(options.seconds, 1)) s, \(options.pairs) pairs, medians.\(fields)

    ## The server

    \(services.markdown)

    ## The reference

    \(references.markdown)

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
    [services.text, references.text, memory].joined(separator: "\n\n")
  }

  private var services: Table {
    var table = Table([
      "method", "as", "connections", "requests/s", "p50 ms", "p99 ms", "to classic", "to single",
      "to pipelined", "server µs", "PostgreSQL µs", "errors",
    ])
    for comparison in comparisons {
      for service in comparison.services {
        let median = service.median
        let ratios = ReferenceForm.allCases.map { form in
          comparison.references.first { $0.form == form }
            .map { Self.number(service.ratio(to: $0), 2) } ?? ""
        }
        table.add(
          [
            comparison.operation.title, comparison.asker.rawValue, "\(service.connections)",
            Self.number(median.throughput, 0), Self.number(median.p50, 2),
            Self.number(median.p99, 2),
          ] + ratios + [
            Self.number(median.serverMicroseconds, 0), Self.number(median.databaseMicroseconds, 0),
            "\(median.errors)",
          ])
      }
    }
    return table
  }

  private var references: Table {
    var table = Table([
      "method", "as", "form", "clients", "transactions/s", "p50 ms", "p99 ms", "PostgreSQL µs",
    ])
    for comparison in comparisons {
      for reference in comparison.references {
        let median = reference.median
        table.add([
          comparison.operation.title, comparison.asker.rawValue, reference.form.rawValue,
          "\(reference.clients)", Self.number(median.throughput, 0), Self.number(median.p50, 2),
          Self.number(median.p99, 2), Self.number(median.databaseMicroseconds, 0),
        ])
      }
    }
    return table
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
