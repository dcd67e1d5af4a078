internal import JSON

/// What became of an import.
struct ImportOutcome: Sendable {
  /// More warnings would push what matters off the screen.
  private static let warningsShown = 20

  let answer: Answer
  let rejectedCount: Int
  let rejectedPath: String

  init(
    importID: Int64, source: String, isDryRun: Bool, tally: ImportTally,
    warnings: [RowWarning], substitutions: [References.Substitution: Int], rejectedPath: String,
    server: JSON
  ) {
    rejectedCount = tally.rejected
    self.rejectedPath = rejectedPath
    let substituted = substitutions.sorted { $0.key.from < $1.key.from }.map { entry -> JSON in
      [
        "kind": .string(entry.key.kind.rawValue), "from": .string(entry.key.from),
        "to": .string(entry.key.to), "rows": .integer(entry.value),
      ]
    }
    let json: JSON = [
      "import": .integer(importID), "source": .string(source), "dry_run": .bool(isDryRun),
      "totals": tally.json, "substitutions": .array(substituted),
      "warnings": .array(warnings.map(\.json)),
      "rejected_file": tally.rejected > 0 ? .string(rejectedPath) : .null, "server": server,
    ]
    let rows = tally.rows.map { kind, counts in
      [kind.rawValue] + [counts.accepted, counts.unchanged, counts.rejected].map(String.init)
    }
    answer = Answer(json: json, csv: [["kind", "accepted", "unchanged", "rejected"]] + rows) {
      page in
      var table = TextTable([
        .init("KIND"), .init("ACCEPTED", .right), .init("UNCHANGED", .right),
        .init("REJECTED", .right),
      ])
      for row in rows { table.append(row) }
      let head =
        isDryRun
        ? "Dry run: nothing was kept." : "Import \(importID) of \(TerminalText.line(source)):"
      let notes = substituted.map { entry in
        let kind = CellText.plain(entry["kind"])
        return "\(kind) \"\(CellText.plain(entry["from"]))\" was taken for "
          + "\"\(CellText.plain(entry["to"]))\" in \(CellText.plain(entry["rows"])) rows."
      }
      let told = warnings.prefix(Self.warningsShown).map(\.sentence)
      let untold = warnings.count - told.count
      let more = untold > 0 ? ["\(untold) more such lines: --output json shows all."] : []
      return [page.style(.bold, head)] + table.lines(width: page.width, style: page.style)
        + (notes + told + more).map(TerminalText.line)
    }
  }
}
