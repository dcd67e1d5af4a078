internal import Postgres
internal import SalesRules

extension Row {
  /// A moment; the session's times come in UTC, as `2026-03-01 06:30:00.25+00`.
  func timestamp(_ column: Int) throws(PostgresError) -> Timestamp {
    guard let moment = Timestamp(Self.rfc3339(try string(column))) else {
      throw PostgresError(.decoding, message: "column \(column) is not a moment")
    }
    return moment
  }

  /// A moment, nil for NULL.
  func timestampIfPresent(_ column: Int) throws(PostgresError) -> Timestamp? {
    isNull(column) ? nil : try timestamp(column)
  }

  private static func rfc3339(_ text: String) -> String {
    var text = text
    if let space = text.firstIndex(of: " ") { text.replaceSubrange(space...space, with: "T") }
    if text.hasSuffix("+00") {
      text.removeLast(3)
      text.append("Z")
    }
    return text
  }
}
