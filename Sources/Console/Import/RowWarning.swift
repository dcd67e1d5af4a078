internal import JSON

/// What of a row that was taken is not as it says.
struct RowWarning: Sendable, Equatable {
  let file: String
  let line: Int
  let text: String

  var json: JSON {
    ["file": .string(file), "line": .integer(line), "reason": .string(text)]
  }

  /// For a person.
  var sentence: String { "\(file), line \(line): \(text)." }
}
