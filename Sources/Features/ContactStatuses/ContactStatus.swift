internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// What a card can tell of the last contact with the client: one of the company's list (S0).
struct ContactStatus: Sendable, Equatable {
  let id: Int64
  var name: String
  /// What it says, whatever it is called.
  var meaning: ContactMeaning
  var isActive: Bool
  var version: Int64
}

extension ContactStatus {
  /// From the columns of `CompanyStatements.contactStatuses`.
  init(_ row: Row) throws {
    self.init(
      id: try row.integer(0), name: try row.string(1), meaning: try row.word(2),
      isActive: try row.bool(3), version: try row.integer(4))
  }

  static let schema = Schema.object(
    [
      "id": .identifier, "name": .string,
      "meaning": .choice(ContactMeaning.allCases.map(\.rawValue)), "active": .boolean,
      "version": .integer,
    ], required: ["id", "name", "meaning", "active"])

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("id", id)
      $0.member("name", name)
      $0.member("meaning", meaning.rawValue)
      $0.member("active", isActive)
      $0.member("version", version)
    }
  }

  /// The status alone.
  var answer: RawJSON { RawJSON { write(to: &$0) } }
}
