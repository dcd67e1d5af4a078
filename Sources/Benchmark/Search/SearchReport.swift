internal import Foundation
internal import SalesRules

/// What was found about search, for people.
struct SearchReport: Sendable {
  let options: BenchmarkOptions
  let machine: Machine
  let version: String
  let postgres: String
  let now: Timestamp
  /// What has how many words, and how much room they take.
  let words: [String]
  let comparisons: [Comparison]

  /// The whole as Markdown.
  var markdown: String {
    """
    # Search, \(now.description.prefix(10))

    - Machine: \(machine). Clients, server and database share it.
    - Voronka \(version), \(postgres).
    - \(options.deals) deals of one company; words of \(words.joined(separator: ", ")). Runs of \
    \(String(format: "%.1f", options.seconds)) s, \(options.pairs) pairs, medians.

    ## The server

    \(comparisons.services.markdown)

    ## The reference

    \(comparisons.references.markdown)

    """
  }

  /// The same for a terminal.
  var text: String {
    [comparisons.services.text, comparisons.references.text].joined(separator: "\n\n")
  }
}
