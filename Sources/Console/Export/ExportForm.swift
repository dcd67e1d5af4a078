internal import JSON

/// How rows of an export are written: CSV with a heading, or one JSON object a line.
///
/// As CSV, money is its amount, with the currency behind it where that is not the row's own; several
/// choices stand with semicolons between, as `voronka import` takes them.
struct ExportForm {
  let columns: [String]
  let isJSON: Bool
  let isExact: Bool

  /// What stands before the first row.
  var heading: String { isJSON ? "" : writer.line(columns) }

  /// A row, with the end of its line.
  func line(_ values: [JSON]) -> String {
    if isJSON { return object(values).description + "\n" }
    let currency = zip(columns, values).first { $0.0 == "currency" }?.1.string
    return writer.line(values.map { Self.cell($0, currency: currency) })
  }

  private var writer: CSVWriter { CSVWriter(guardsFormulas: !isExact) }

  /// `fields.KEY` stands within `fields`.
  private func object(_ values: [JSON]) -> JSON {
    var object = JSONObject()
    var fields = JSONObject()
    for (column, value) in zip(columns, values) {
      guard column.hasPrefix("fields.") else {
        object[column] = value
        continue
      }
      if !value.isNull { fields[String(column.dropFirst("fields.".count))] = value }
    }
    if columns.contains(where: { $0.hasPrefix("fields.") }) { object["fields"] = .object(fields) }
    return .object(object)
  }

  private static func cell(_ value: JSON, currency: String?) -> String {
    if let amount = value["amount"]?.string, let own = value["currency"]?.string {
      return own == currency || currency == nil ? amount : "\(amount) \(own)"
    }
    if let texts = value.array?.map({ CellText.exact($0) }) { return texts.joined(separator: ";") }
    return CellText.exact(value)
  }
}
