internal import JSON
internal import Postgres
internal import SalesRules

extension Card {
  /// From the columns of `CardStatements`.
  init(_ row: Row) throws {
    let fields = try row.withBytes(11) { try JSONReader().read($0) }
    self.init(
      id: try row.integer(0), kind: try row.word(1), pipeline: try row.integer(2),
      stage: try row.integer(3), outcome: try row.word(4), title: try row.string(5),
      amount: try row.stringIfPresent(6).flatMap { MoneyAmount($0) },
      contact: try row.integerIfPresent(7), company: try row.integerIfPresent(8),
      responsible: try row.integerIfPresent(9), source: try row.stringIfPresent(10),
      fields: fields.object ?? [:], isRepeat: try row.bool(12),
      reason: try row.integerIfPresent(13), comment: try row.stringIfPresent(14),
      basedOn: try row.integerIfPresent(15), createdAt: try row.timestamp(16),
      stageEnteredAt: try row.timestamp(17), touchedAt: try row.timestamp(18),
      closedAt: try row.timestampIfPresent(19), version: try row.integer(20),
      lastContact: try LastContact(row, from: 21))
  }
}
