internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// An invoice of a deal.
struct Invoice: Sendable, Equatable {
  /// How it stands.
  enum State: String, Sendable, CaseIterable {
    /// It is still to be paid, wholly or in part.
    case open
    /// All of it has come in.
    case paid
    /// It was withdrawn before anything came in.
    case cancelled
  }

  let id: Int64
  let deal: Int64
  var number: String
  var amount: MoneyAmount
  /// What has come in.
  var paid: MoneyAmount
  var state: State
  /// The last day for paying.
  var dueAt: CalendarDate
  let createdAt: Timestamp
  var paidAt: Timestamp?
  var version: Int64

  /// What is still to come in.
  var rest: MoneyAmount { amount.subtracting(paid) ?? .zero }

  /// Whether its last day is over, where it still has to be paid.
  func isOverdue(on today: CalendarDate) -> Bool { state == .open && dueAt < today }

  static let schema = Schema.object(
    [
      "id": .identifier, "deal": .identifier, "number": .string, "amount": Shapes.moneyReference,
      "paid": Shapes.moneyReference, "state": .choice(State.allCases.map(\.rawValue)),
      "overdue": .boolean, "due_at": .date, "created_at": .timestamp,
      "paid_at": Schema.timestamp.nullable, "version": .integer,
      "payments": .array(
        of: .object(
          [
            "amount": Shapes.moneyReference, "paid_at": .timestamp,
            "created_by": Schema.identifier.nullable, "created_at": .timestamp,
          ], required: ["amount", "paid_at", "created_by", "created_at"])),
    ],
    required: [
      "id", "deal", "number", "amount", "paid", "state", "overdue", "due_at", "created_at",
      "paid_at", "version",
    ])

  func write(to writer: inout JSONWriter, currency: String, today: CalendarDate) {
    write(to: &writer, currency: currency, today: today) { _ in }
  }

  /// The same with more behind.
  func write(
    to writer: inout JSONWriter, currency: String, today: CalendarDate,
    further: (inout JSONWriter) throws -> Void
  ) rethrows {
    try writer.object {
      $0.member("id", id)
      $0.member("deal", deal)
      $0.member("number", number)
      $0.money("amount", amount, currency)
      $0.money("paid", paid, currency)
      $0.member("state", state.rawValue)
      $0.member("overdue", isOverdue(on: today))
      $0.member("due_at", dueAt.description)
      $0.member("created_at", createdAt)
      $0.member("paid_at", paidAt)
      $0.member("version", version)
      try further(&$0)
    }
  }
}

extension Invoice {
  /// From the columns that `InvoiceStatements` selects.
  init(_ row: Row) throws {
    self.init(
      id: try row.integer(0), deal: try row.integer(1), number: try row.string(2),
      amount: try row.money(3), paid: try row.money(4), state: try row.word(5),
      dueAt: try row.date(6), createdAt: try row.timestamp(7),
      paidAt: try row.timestampIfPresent(8), version: try row.integer(9))
  }
}

extension Row {
  /// An amount that is there.
  func money(_ column: Int) throws -> MoneyAmount {
    guard let amount = MoneyAmount(try string(column)) else {
      throw PostgresError(.decoding, message: "column \(column) is no amount")
    }
    return amount
  }

  /// A day.
  func date(_ column: Int) throws -> CalendarDate {
    guard let day = CalendarDate(try string(column)) else {
      throw PostgresError(.decoding, message: "column \(column) is no day")
    }
    return day
  }
}
