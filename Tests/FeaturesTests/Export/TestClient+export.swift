internal import JSON
internal import TestSupport

/// What an export gave.
struct Exported {
  let count: Int64
  let columns: [String]
  let rows: [[JSON]]

  /// The ids of the rows, which are their first values.
  var ids: [Int64] { rows.compactMap { $0.first?.int64 } }

  /// The values of a column.
  func values(_ column: String) -> [JSON] {
    guard let place = columns.firstIndex(of: column) else { return [] }
    return rows.map { $0[place] }
  }
}

extension TestClient {
  /// Exports everything that fits the params, in pages of this size.
  func exported(_ params: JSONObject, pages: Int64 = 40) async throws -> Exported {
    let begun = try await call("export.begin", params)
    var page: JSONObject = ["id": begun["id"] ?? .null, "limit": .integer(pages)]
    var rows: [[JSON]] = []
    var columns: [String] = []
    while true {
      let answer = try await call("export.read", page)
      rows += answer.items.compactMap(\.array)
      columns = (answer["columns"]?.array ?? []).compactMap(\.string)
      guard let next = answer["next"], !next.isNull else { break }
      page["after"] = next
    }
    return Exported(
      count: begun["count"]?.int64 ?? -1, columns: columns, rows: rows)
  }
}
