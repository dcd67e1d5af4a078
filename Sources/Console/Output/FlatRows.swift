internal import JSON

/// Any result as a heading and rows: a list's items, an array, or one object as one row.
///
/// Members of members get dotted names (`amount.currency`); lists within stay JSON text. The columns are
/// those of the server's description in its order, filled or not, then whatever else the rows hold, in
/// the order in which it is first met. A company's own fields stand where `fields` does.
struct FlatRows {
  let rows: [[String]]

  init(_ json: JSON, leading: [String] = [], row schema: Schema? = nil) {
    let items = json["items"]?.array ?? json.array ?? [json]
    var tree = ColumnTree()
    for name in leading { tree.add(name) }
    if let schema { tree.add(schema) }
    for item in items { tree.add(item) }
    let columns = tree.columns
    // Items that are no objects are a column of their own.
    let isPlain = items.contains { $0.object == nil }
    rows =
      [(isPlain ? ["value"] : []) + columns.map { $0.joined(separator: ".") }]
      + items.map { item in
        (isPlain ? [item.object == nil ? CellText.exact(item) : ""] : [])
          + columns.map { Self.cell(item, $0) }
      }
  }

  private static func cell(_ item: JSON, _ path: [String]) -> String {
    var value: JSON? = item
    for name in path { value = value?[name] }
    // What has columns of its own is not repeated as JSON.
    guard value?.object == nil else { return "" }
    return CellText.exact(value)
  }
}
