internal import JSON

/// What a command found out, in the three forms it can be printed in.
struct Answer: Sendable {
  /// For scripts: as the server gave it.
  let json: JSON
  /// For spreadsheets: a heading and rows.
  let csv: [[String]]
  /// For people: lines for a page of some width.
  let text: @Sendable (Page) -> [String]

  init(json: JSON, csv: [[String]]? = nil, text: @escaping @Sendable (Page) -> [String]) {
    self.json = json
    self.csv = csv ?? FlatRows(json).rows
    self.text = text
  }
}
