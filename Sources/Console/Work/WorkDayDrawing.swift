internal import JSON

/// A day as lines for a screen of some size.
struct WorkDayDrawing {
  let day: WorkDay
  let style: Style
  let columns: Int
  let lines: Int
  let moments: SellerMoment

  private static let names: [WorkDay.Part: String] = [
    .overdue: "Overdue", .today: "Today", .incoming: "Incoming, not answered",
    .neglected: "Neglected: nothing is planned",
  ]

  /// All parts, scrolled to what is chosen.
  func drawn() -> [String] {
    guard !day.rows.isEmpty else { return ["", "  Nothing is left to do today."] }
    var drawn: [String] = []
    var chosen = 0
    for part in WorkDay.Part.allCases {
      let rows = day.rows.enumerated().filter { $0.element.part == part }
      let count = day.counts[part] ?? 0
      guard count > 0 else { continue }
      let name = "\(Self.names[part] ?? "") (\(Amount.grouped(count)))"
      drawn.append(style(part == .overdue ? .red : .bold, FittedText.fit(name, to: columns)))
      for (index, row) in rows {
        if index == day.place { chosen = drawn.count }
        drawn.append(line(row, isChosen: index == day.place))
      }
      let left = count - Int64(rows.count)
      if left > 0 { drawn.append(style(.faint, "  … \(Amount.grouped(left)) more")) }
    }
    let first = max(0, min(chosen - lines / 2, drawn.count - lines))
    return Array(drawn.dropFirst(first).prefix(lines))
  }

  private func line(_ row: WorkDay.Row, isChosen: Bool) -> String {
    let moment =
      switch row.part {
      case .overdue, .today: row.activity?["due_at"]
      case .incoming: row.activity?["done_at"]
      case .neglected: row.card["touched_at"]
      }
    let type = row.activity.map { CellText.plain($0["type"]) } ?? "touched"
    let due = row.card["payment_due"]?.string.map { "pay by \($0)" } ?? ""
    let words = [
      "\(CellText.exact(row.card["id"])) \(CellText.exact(row.card["title"]))",
      row.activity.map { CellText.exact($0["subject"]) } ?? "", due,
    ]
    let text = TerminalText.line(words.filter { !$0.isEmpty }.joined(separator: " · "))
    let facts = [
      FittedText.fit(moments.text(moment), to: 12), FittedText.fit(type, to: 8), text,
    ].joined(separator: " ")
    let fitted = FittedText.fit((isChosen ? "▸ " : "  ") + facts, to: columns)
    return isChosen ? style(.inverse, fitted) : fitted
  }
}
