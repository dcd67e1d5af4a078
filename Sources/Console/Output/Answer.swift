internal import JSON

/// What a command found out, in the three forms it can be printed in.
struct Answer: Sendable {
  /// For scripts: as the server gave it.
  let json: JSON
  /// For people: lines for a page of some width.
  let text: @Sendable (Page) -> [String]
  /// Where the rows come from; nil where their columns are fixed already, or nothing fixes them.
  let origin: Origin?
  private let rows: JSON
  private let table: [[String]]?
  private var row: Schema?
  private var moments: CompanyMoments?

  /// An answer whose rows are the result's, or others of the same reply.
  init(
    json: JSON, rows: JSON? = nil, origin: Origin? = nil,
    text: @escaping @Sendable (Page) -> [String]
  ) {
    self.json = json
    self.rows = rows ?? json
    self.origin = origin
    self.text = text
    table = nil
  }

  /// An answer with rows of its own.
  init(json: JSON, csv: [[String]], text: @escaping @Sendable (Page) -> [String]) {
    self.json = json
    self.text = text
    table = csv
    rows = .null
    origin = nil
  }

  /// For spreadsheets: a heading and rows.
  var csv: [[String]] {
    table ?? FlatRows(rows, leading: origin?.leading ?? [], row: row).rows
  }

  /// The same, with moments told to people by a company's time zone.
  func told(by moments: CompanyMoments) -> Answer {
    var answer = self
    answer.moments = moments
    return answer
  }

  /// The lines for people.
  func lines(_ page: Page) -> [String] {
    CellText.$moments.withValue(moments) { text(page) }
  }

  /// The same with the columns that the server's description fixes.
  func shaped(by discovery: Discovery) -> Answer {
    var answer = self
    answer.row = origin?.row(in: discovery)
    return answer
  }
}
