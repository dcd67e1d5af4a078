internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// What lists and boards tell of a card's clocks: `paused` and `overstayed`, each only where it applies.
struct CardMarks {
  private let company: Company
  private let now: Timestamp

  static let pausedSchema = Schema.object(
    ["until": .timestamp, "reason": .string], required: ["until", "reason"])

  init(_ call: TenantCall) {
    company = call.company
    now = call.now
  }

  /// Writes the marks of a row of `CardStatements` with the pauses of its present stay in a column.
  func write(_ row: Row, pauses column: Int, to writer: inout JSONWriter) throws {
    let limit = company.dwellLimits[try row.integer(3)]
    // Most cards have neither a pause nor a limit; closed ones never have.
    guard limit != nil || !row.isNull(column), row.isNull(19) else { return }
    let pauses = try [CardPause](row, column: column)
    if let paused = pauses.running(at: now) {
      writer.member("paused") {
        $0.member("until", paused.until)
        $0.member("reason", paused.reason)
      }
    }
    guard limit != nil else { return }
    let entered = try row.timestamp(17)
    let clocks = Clocks(
      createdAt: entered, stageEnteredAt: entered, touchedAt: entered, closedAt: nil,
      stands: pauses.map(\.stand), dwellLimit: limit, at: now)
    if clocks.isOverstayed { writer.member("overstayed", true) }
  }
}
