internal import JSON

/// What differs between a thing before and after.
enum AuditChange {
  /// Members that change with everything and tell nothing.
  private static let silent: Set<String> = ["version", "touched_at"]

  /// Each member that differs with both values; of a new thing its name.
  static func text(before: JSON?, after: JSON?) -> String {
    guard let after = after?.object else { return "" }
    guard let before = before?.object else {
      return CellText.plain(after["name"] ?? after["title"] ?? after["email"])
    }
    return after.members.filter { !silent.contains($0.name) && before[$0.name] != $0.value }
      .map { "\($0.name): \(value(before[$0.name])) → \(value($0.value))" }
      .joined(separator: ", ")
  }

  private static func value(_ json: JSON?) -> String {
    let text = CellText.plain(json)
    return text.isEmpty ? "–" : text
  }
}
