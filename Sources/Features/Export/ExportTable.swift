internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// The columns of an export and its rows, each an array of values in the columns' order.
struct ExportTable {
  let order: ExportOrder
  private let company: Company
  private let pipelines: [Int64: String]
  private let stages: [Int64: String]
  private let reasons: [Int64: String]
  private let statuses: [Int64: String]

  init(_ order: ExportOrder, of company: Company) {
    self.order = order
    self.company = company
    pipelines = Dictionary(uniqueKeysWithValues: company.pipelines.map { ($0.id, $0.name) })
    stages = Dictionary(
      uniqueKeysWithValues: company.pipelines.flatMap(\.stages).map { ($0.id, $0.name) })
    reasons = Dictionary(uniqueKeysWithValues: company.reasons.map { ($0.id, $0.name) })
    statuses = Dictionary(uniqueKeysWithValues: company.contactStatuses.map { ($0.id, $0.name) })
  }

  /// What the columns are called. The company's own fields follow, each as `fields.KEY`.
  var columns: [String] {
    let own: [String] =
      switch order.kind {
      case .leads, .deals:
        [
          "id", "pipeline", "stage", "outcome", "title", "amount", "currency", "company_id",
          "company", "responsible_id", "responsible", "contact_id", "contact", "phone", "email",
          "source", "repeat", "reason", "comment", "based_on", "created_at", "stage_entered_at",
          "touched_at", "closed_at", "last_contact", "last_contact_at",
        ]
      case .contacts: ["id", "name", "phone", "email", "company_id", "company", "created_at"]
      case .companies: ["id", "name", "created_at"]
      }
    return own + (order.keys.map { $0.map { "fields.\($0)" } } ?? ["fields"])
  }

  func write(_ row: Row, to writer: inout JSONWriter) throws {
    try writer.array {
      switch order.kind {
      case .leads, .deals: try writeCard(row, to: &$0)
      case .contacts: try writeContact(row, to: &$0)
      case .companies: try writeCompany(row, to: &$0)
      }
    }
  }

  private func writeCard(_ row: Row, to writer: inout JSONWriter) throws {
    writer.value(try row.integer(0))
    writer.value(pipelines[try row.integer(1)])
    writer.value(stages[try row.integer(2)])
    writer.value(try row.string(3))
    writer.value(try row.string(4))
    let amount = try row.stringIfPresent(5)
    writer.value(amount)
    writer.value(amount == nil ? nil : company.currency)
    writer.value(try row.integerIfPresent(6))
    writer.value(try row.stringIfPresent(7))
    writer.value(try row.integerIfPresent(8))
    writer.value(try row.stringIfPresent(9))
    writer.value(try row.integerIfPresent(10))
    for column in 11...14 { writer.value(try row.stringIfPresent(column)) }
    writer.value(try row.bool(15))
    writer.value(try row.integerIfPresent(16).flatMap { reasons[$0] })
    writer.value(try row.stringIfPresent(17))
    writer.value(try row.integerIfPresent(18))
    for column in 19...22 { writer.value(try row.timestampIfPresent(column)?.description) }
    writer.value(try row.integerIfPresent(24).flatMap { statuses[$0] })
    writer.value(try row.timestampIfPresent(25)?.description)
    try writeFields(row, 23, to: &writer)
  }

  private func writeContact(_ row: Row, to writer: inout JSONWriter) throws {
    writer.value(try row.integer(0))
    for column in 1...3 { writer.value(try row.stringIfPresent(column)) }
    writer.value(try row.integerIfPresent(4))
    writer.value(try row.stringIfPresent(5))
    writer.value(try row.timestamp(6).description)
  }

  private func writeCompany(_ row: Row, to writer: inout JSONWriter) throws {
    writer.value(try row.integer(0))
    writer.value(try row.string(1))
    writer.value(try row.timestamp(2).description)
    try writeFields(row, 3, to: &writer)
  }

  private func writeFields(_ row: Row, _ column: Int, to writer: inout JSONWriter) throws {
    guard let keys = order.keys else { return row.withBytes(column) { writer.raw($0) } }
    guard !keys.isEmpty else { return }
    let fields = try row.withBytes(column) { try JSONReader().read($0) }
    for key in keys {
      guard let value = fields[key] else {
        writer.null()
        continue
      }
      writer.value(value)
    }
  }
}
