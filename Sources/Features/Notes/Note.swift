internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// What somebody wrote down on a card; notes are never changed.
struct Note: Sendable {
  let id: Int64
  let card: Int64
  let text: String
  let createdBy: Int64?
  let createdAt: Timestamp

  static let schema = Schema.object(
    [
      "id": .identifier, "card": .identifier, "text": .string,
      "created_by": Schema.identifier.nullable, "created_at": .timestamp,
    ], required: ["id", "card", "text", "created_by", "created_at"])

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("id", id)
      $0.member("card", card)
      $0.member("text", text)
      $0.member("created_by", createdBy)
      $0.member("created_at", createdAt)
    }
  }
}

extension Note {
  /// From the columns that `NoteStatements` selects.
  init(_ row: Row) throws {
    self.init(
      id: try row.integer(0), card: try row.integer(1), text: try row.string(2),
      createdBy: try row.integerIfPresent(3), createdAt: try row.timestamp(4))
  }
}
