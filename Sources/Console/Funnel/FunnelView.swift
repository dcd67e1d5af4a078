internal import JSON

/// A funnel report as bars, with where it narrows and by how much.
struct FunnelView: Sendable {
  let title: String
  let filter: FunnelCommand.Filter
  let report: JSON

  @Sendable func lines(_ page: Page) -> [String] {
    [heading(page.style)] + WrappedText.lines(totals, width: page.width ?? .max, indent: 0) + [""]
      + table(page) + [""] + verdict(page)
  }

  private func heading(_ style: Style) -> String {
    var parts = [style(.bold, TerminalText.line(title))]
    if let from = filter.from { parts.append("from \(from)") }
    if let to = filter.to { parts.append("to \(to)") }
    if let team = filter.team { parts.append("team \(team)") }
    if let person = filter.responsible { parts.append("by \(person)") }
    if let source = filter.source { parts.append("source \(source)") }
    if let moment = filter.asOf { parts.append("as of \(moment)") }
    return [parts[0], TerminalText.line(parts.dropFirst().joined(separator: ", "))]
      .filter { !$0.isEmpty }.joined(separator: "  ")
  }

  private func total(_ name: String) -> Int64 { report["totals"]?[name]?.int64 ?? 0 }

  private var totals: String {
    var parts = ["created", "open", "won", "lost"].map {
      "\($0) \(Amount.grouped(total($0)))"
    }
    let closed = total("won") + total("lost")
    if closed > 0 {
      parts.append("win rate \(Self.percent(Double(total("won")) / Double(closed)))")
    }
    if let sum = CellText.money(report["totals"]?["won_amount"]) { parts.append("sold \(sum)") }
    if let average = CellText.money(report["totals"]?["average_sale"]) {
      parts.append("average \(average)")
    }
    // Lines break between the parts, not within them.
    return parts.map { $0.replacing(" ", with: "\u{A0}") }.joined(separator: " · ")
  }

  private struct Row {
    let name: String
    let count: Int64
    let cells: [String]
    let mark: Style.Mark
  }

  /// The stages; a report that leaves the won one out gets it from the totals.
  private var rows: [Row] {
    let stages = report["stages"]?.array ?? []
    let rows = stages.map { stage in
      Row(
        name: TerminalText.line(stage["name"]?.string ?? ""),
        count: stage["reached"]?.int64 ?? 0,
        cells: [
          Self.percent(stage["from_previous"]?.double), Self.percent(stage["overall"]?.double),
          Self.count(stage["lost_here"]), Self.count(stage["open_here"]),
          stage["dwell"]?["median_s"]?.double.map(Span.short) ?? "",
        ], mark: Self.mark(stage["kind"]?.string))
    }
    if stages.contains(where: { $0["kind"]?.string == "won" }) { return rows }
    // Of several ways out none leads to the end alone.
    let last = stages.last { $0["exit"] != true }?["reached"]?.int64
    let won = Row(
      name: "won", count: total("won"),
      cells: [
        Self.share(total("won"), of: last), Self.share(total("won"), of: total("created")), "", "",
        "",
      ], mark: .green)
    return rows + [won]
  }

  private static func mark(_ kind: String?) -> Style.Mark {
    switch kind {
    case "won": .green
    case "lost": .red
    default: .cyan
    }
  }

  private static let longTitles = [
    "FROM PREVIOUS", "OVERALL", "LOST HERE", "OPEN HERE", "MEDIAN STAY",
  ]
  /// For narrow terminals, where the bars need the room.
  private static let shortTitles = ["PREV.", "ALL", "LOST", "OPEN", "STAY"]

  /// As many columns as a terminal has room for, the least needed ones last.
  private func titles(_ width: Int) -> [String] {
    guard width < 90 else { return Self.longTitles }
    return Array(Self.shortTitles.prefix(max(1, (width - 22) / 8)))
  }

  /// The bars take what the figures leave of the width.
  private func table(_ page: Page) -> [String] {
    let rows = rows
    let titles = titles(page.width ?? 100)
    let cellWidths = titles.indices.map { index in
      max(titles[index].count, rows.map { DisplayWidth.of($0.cells[index]) }.max() ?? 0)
    }
    let counts = rows.map { Amount.grouped($0.count) }
    let countWidth = max(7, counts.map { DisplayWidth.of($0) }.max() ?? 0)
    let figures = cellWidths.reduce(countWidth + 2) { $0 + $1 + 2 }
    let nameWidth = min(
      max(5, rows.map { DisplayWidth.of($0.name) }.max() ?? 0),
      max(8, ((page.width ?? 100) - figures) / 2))
    let barWidth = min(40, max(0, (page.width ?? 100) - figures - nameWidth - 2))
    let most = max(1, rows.map(\.count).max() ?? 1)

    let heading =
      [
        FittedText.pad("STAGE", to: nameWidth), FittedText.pad("REACHED", to: countWidth, .right),
        FittedText.pad("", to: barWidth),
      ] + zip(titles, cellWidths).map { FittedText.pad($0, to: $1, .right) }
    let lines = zip(rows, counts).map { row, count in
      let bar = Bar.drawn(share: Double(row.count) / Double(most), width: barWidth)
      let cells =
        [
          FittedText.fit(row.name, to: nameWidth), FittedText.pad(count, to: countWidth, .right),
          page.style(row.mark, FittedText.pad(bar, to: barWidth)),
        ] + zip(row.cells, cellWidths).map { FittedText.pad($0, to: $1, .right) }
      return cells.joined(separator: "  ").trimmingTrailingSpaces()
    }
    return [page.style(.bold, heading.joined(separator: "  "))] + lines
  }

  private func verdict(_ page: Page) -> [String] {
    guard let verdict = report["shape"]?["verdict"]?.string else { return [] }
    let isGood = verdict == "funnel"
    let head = "shape: " + page.style(isGood ? .green : .yellow, TerminalText.line(verdict))
    let findings = report["shape"]?["findings"]?.array ?? []
    return [head] + findings.map { "  - " + TerminalText.line(Self.finding($0)) }
  }

  private static func finding(_ finding: JSON) -> String {
    finding.string ?? finding["message"]?.string ?? finding["text"]?.string
      ?? CellText.plain(finding)
  }

  private static func count(_ json: JSON?) -> String {
    json?.int64.map { Amount.grouped($0) } ?? ""
  }

  private static func share(_ part: Int64, of whole: Int64?) -> String {
    guard let whole, whole > 0 else { return "" }
    return percent(Double(part) / Double(whole))
  }

  /// A share as per cent with one decimal place; nothing where there is nothing to divide by.
  private static func percent(_ share: Double?) -> String {
    guard let share, share.isFinite else { return "" }
    let tenths = Int64((share * 1000).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))%"
  }
}
