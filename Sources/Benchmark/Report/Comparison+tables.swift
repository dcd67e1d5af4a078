internal import Foundation

extension [Comparison] {
  /// What the server did.
  var services: Table {
    // A form that nothing was measured in has no column.
    let forms = ReferenceForm.allCases.filter { form in
      contains { $0.references.contains { $0.form == form } }
    }
    let isCounted = contains { $0.found != nil }
    var table = Table(
      ["method", "as", "connections", "requests/s", "p50 ms", "p99 ms"]
        + forms.map { "to \($0.rawValue)" } + ["server µs", "PostgreSQL µs"]
        + (isCounted ? ["found"] : []) + ["errors"])
    for comparison in self {
      for service in comparison.services {
        let median = service.median
        let ratios = forms.map { form in
          comparison.references.first { $0.form == form }
            .map { Self.number(service.ratio(to: $0), 2) } ?? ""
        }
        table.add(
          [
            comparison.title, comparison.asker, "\(service.connections)",
            Self.number(median.throughput, 0), Self.number(median.p50, 2),
            Self.number(median.p99, 2),
          ] + ratios + [
            Self.number(median.serverMicroseconds, 0), Self.number(median.databaseMicroseconds, 0),
          ] + (isCounted ? [comparison.found.map { "\($0)" } ?? ""] : []) + ["\(median.errors)"])
      }
    }
    return table
  }

  /// What the reference did.
  var references: Table {
    var table = Table([
      "method", "as", "form", "clients", "transactions/s", "p50 ms", "p99 ms", "PostgreSQL µs",
    ])
    for comparison in self {
      for reference in comparison.references {
        let median = reference.median
        table.add([
          comparison.title, comparison.asker, reference.form.rawValue, "\(reference.clients)",
          Self.number(median.throughput, 0), Self.number(median.p50, 2),
          Self.number(median.p99, 2), Self.number(median.databaseMicroseconds, 0),
        ])
      }
    }
    return table
  }

  private static func number(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
