internal import JSON
internal import VoronkaClient

/// Rows of one kind on their way to the server, at most as many as one call takes.
struct RowBatch {
  /// The server takes 1000 rows and 1 MiB a line; what is left is for the call around them.
  static let maximumRows = 1000
  static let maximumBytes = 900_000

  let kind: ImportKind
  private(set) var rows: [RawJSON] = []
  private(set) var records: [Int: (file: String, record: CSVRecord)] = [:]
  private var bytes = 0

  init(kind: ImportKind) {
    self.kind = kind
  }

  var isEmpty: Bool { rows.isEmpty }

  /// Whether a row of that size goes in too.
  func hasRoom(for row: RawJSON) -> Bool {
    rows.count < Self.maximumRows && bytes + row.bytes.count < Self.maximumBytes
  }

  mutating func append(_ row: RawJSON, of record: CSVRecord, file: String) {
    rows.append(row)
    bytes += row.bytes.count + 1
    records[record.line] = (file, record)
  }

  func call(import id: Int64) -> PreparedCall {
    PreparedCall(
      "import.rows",
      raw: RawJSON { writer in
        writer.object {
          $0.name("import")
          $0.value(id)
          $0.name("kind")
          $0.value(kind.rawValue)
          $0.name("rows")
          $0.array { for row in rows { $0.raw(row) } }
        }
      })
  }
}
