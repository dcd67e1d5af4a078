/// One record of a CSV file.
struct CSVRecord: Sendable, Equatable {
  /// The line on which it begins, counted from 1 as an editor counts.
  let line: Int
  let cells: [String]
}
