internal import JSON
internal import Postgres

/// A table in a file: its name and the columns that its rows carry.
struct TransferTable: Sendable {
  let name: String
  let columns: [String]

  /// From a row of `TransferStatements.tables`.
  init(_ row: Row) throws {
    name = try row.string(0)
    columns = try row.strings(1).compactMap(\.self)
  }

  /// From a file's first line; nil where it is not one.
  init?(_ json: JSON) {
    guard let name = json["name"]?.string, let columns = json["columns"]?.array else { return nil }
    self.name = name
    self.columns = columns.compactMap(\.string)
    guard self.columns.count == columns.count else { return nil }
  }

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("name", name)
      $0.member("columns", columns)
    }
  }
}
