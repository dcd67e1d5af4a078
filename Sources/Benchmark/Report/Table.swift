/// Rows under headings, the same for a terminal and for Markdown.
struct Table {
  private let headings: [String]
  private var rows: [[String]] = []

  init(_ headings: [String]) {
    self.headings = headings
  }

  mutating func add(_ row: [String]) {
    rows.append(row)
  }

  /// Columns under each other; numbers to the right.
  var text: String {
    ([headings] + rows).map(line).joined(separator: "\n")
  }

  /// As Markdown has it.
  var markdown: String {
    let rule = headings.indices.map { isNumeric($0) ? "---:" : "---" }
    return ([headings, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }

  private func line(_ cells: [String]) -> String {
    let padded = cells.enumerated().map { column, cell in
      let padding = String(repeating: " ", count: width(column) - cell.count)
      return isNumeric(column) ? padding + cell : cell + padding
    }
    return padded.joined(separator: "  ")
  }

  private func width(_ column: Int) -> Int {
    ([headings] + rows).map { $0[column].count }.max() ?? 0
  }

  private func isNumeric(_ column: Int) -> Bool {
    rows.allSatisfy { $0[column].isEmpty || Double($0[column]) != nil }
  }
}
