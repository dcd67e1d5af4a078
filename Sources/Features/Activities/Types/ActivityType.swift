internal import JSON
internal import JSONRPC
internal import Postgres

/// A kind of activity of the company's own.
struct ActivityType: Sendable, Equatable {
  let id: Int64
  var name: String
  /// What it is done as: a missed call and an answer are told by this.
  let base: Activity.Kind
  var isActive: Bool
  var version: Int64
}

extension ActivityType {
  /// From the columns of `CompanyStatements.activityTypes`.
  init(_ row: Row) throws {
    self.init(
      id: try row.integer(0), name: try row.string(1), base: try row.word(2),
      isActive: try row.bool(3), version: try row.integer(4))
  }

  static let schema = Schema.object(
    [
      "id": .identifier, "name": .string,
      "base": .choice(Activity.Kind.allCases.map(\.rawValue)), "active": .boolean,
      "version": .integer,
    ], required: ["id", "name", "base", "active"])

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("id", id)
      $0.member("name", name)
      $0.member("base", base.rawValue)
      $0.member("active", isActive)
      $0.member("version", version)
    }
  }

  /// The type alone.
  var answer: RawJSON { RawJSON { write(to: &$0) } }
}
