/// The form of what a command prints.
public enum OutputFormat: String, Sendable, CaseIterable {
  /// For people.
  case table
  /// For scripts: the server's own result, one JSON text on one line.
  case json
  /// For spreadsheets: RFC 4180.
  case csv
}
