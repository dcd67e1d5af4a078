/// A text with columns' names in braces, such as `{product}, {account}`.
///
/// Where a column is empty, what stands between it and the one before goes with it.
struct RowTemplate {
  private struct Part {
    let literal: String
    let column: String?
  }

  private let parts: [Part]

  init(_ text: String) {
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      parts.append(
        Part(literal: String(rest[..<open]), column: String(rest[rest.index(after: open)..<close])))
      rest = rest[rest.index(after: close)...]
    }
    parts.append(Part(literal: String(rest), column: nil))
    self.parts = parts
  }

  var columns: [String] { parts.compactMap(\.column) }

  func text(_ value: (String) throws(RowProblem) -> String) throws(RowProblem) -> String {
    var result = ""
    for (index, part) in parts.enumerated() {
      guard let column = part.column else {
        result += part.literal
        continue
      }
      let value = try value(column)
      if value.isEmpty { continue }
      if index == 0 || !result.isEmpty { result += part.literal }
      result += value
    }
    return result
  }
}
