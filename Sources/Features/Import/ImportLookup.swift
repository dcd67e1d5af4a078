internal import Postgres
internal import SalesRules

/// What deals refer to, as the database knows it: companies, people and products by their external ids,
/// and days by the company's calendar.
struct ImportLookup {
  struct Reference: Hashable {
    let kind: ImportKind
    let id: String
  }

  private struct Object {
    let number: Int64
    let isThere: Bool
    let name: String?
  }

  private var objects: [Reference: Object] = [:]
  private(set) var calendar = Calendar()

  init(references: Rows, days: Rows) throws {
    for row in references {
      let reference = Reference(kind: try row.word(0), id: try row.string(1))
      objects[reference] = Object(
        number: try row.integer(2), isThere: try row.bool(3), name: try row.stringIfPresent(4))
    }
    for row in days {
      guard let day = CalendarDate(try row.string(0)) else { continue }
      calendar.add(day, begin: try row.timestamp(1), end: try row.timestamp(2))
    }
  }

  /// The number of what the external id names; 0 in a dry run.
  func number(_ kind: ImportKind, _ id: String) throws(RowRejection) -> Int64 {
    try object(kind, id).number
  }

  /// What the product of that external id is called.
  func product(_ id: String) throws(RowRejection) -> String {
    try object(.product, id).name ?? id
  }

  private func object(_ kind: ImportKind, _ id: String) throws(RowRejection) -> Object {
    guard let object = objects[Reference(kind: kind, id: id)] else {
      throw RowRejection("there is no \(kind.rawValue) \(RowRejection.quoted(id)) of this source")
    }
    guard object.isThere else {
      throw RowRejection("the \(kind.rawValue) \(RowRejection.quoted(id)) was deleted meanwhile")
    }
    return object
  }
}
