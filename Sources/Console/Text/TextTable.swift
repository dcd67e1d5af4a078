/// Rows and columns for people.
///
/// Cells are made harmless (``TerminalText``) here, so that no caller can forget it.
struct TextTable: Sendable {
  struct Column: Sendable {
    let title: String
    let alignment: FittedText.Alignment

    init(_ title: String, _ alignment: FittedText.Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  let columns: [Column]
  private(set) var rows: [[String]] = []

  init(_ columns: [Column]) {
    self.columns = columns
  }

  mutating func append(_ cells: [String]) {
    rows.append(cells.map(TerminalText.line))
  }

  /// The lines of the table. Without a width nothing is cut.
  func lines(width: Int?, style: Style) -> [String] {
    let widths = fittedWidths(width)
    let heading = line(columns.map(\.title), widths).trimmingTrailingSpaces()
    return [style(.bold, heading)] + rows.map { line($0, widths).trimmingTrailingSpaces() }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    zip(zip(cells, columns), widths)
      .map { FittedText.fit($0.0, to: $1, $0.1.alignment) }
      .joined(separator: "  ")
  }

  /// Natural widths, the widest columns giving way first where the terminal is narrower.
  private func fittedWidths(_ width: Int?) -> [Int] {
    var widths = columns.map { DisplayWidth.of($0.title) }
    for row in rows {
      for (index, cell) in row.enumerated() where index < widths.count {
        widths[index] = max(widths[index], DisplayWidth.of(cell))
      }
    }
    guard let width else { return widths }
    var excess = widths.reduce(2 * (widths.count - 1), +) - width
    while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > 4
    {
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }
}

extension String {
  /// Without the spaces at its end, which only make copied tables awkward.
  func trimmingTrailingSpaces() -> String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
