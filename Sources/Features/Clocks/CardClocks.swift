internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// The member `clocks` of a card.
struct CardClocks: Sendable {
  private let clocks: Clocks
  private let paused: CardPause?

  static let schema = Schema.object(
    [
      "in_stage_s": .integer, "life_s": .integer, "silence_s": .integer,
      "dwell_limit_s": Schema.integer.nullable, "overstayed": .boolean,
      "life_limit_s": Schema.integer.nullable, "outlived": .boolean,
      "paused": Schema.object(
        [
          "since": .timestamp, "until": .timestamp, "reason": .string,
          "by": Schema.identifier.nullable,
        ], required: ["since", "until", "reason", "by"]
      ).nullable,
    ],
    required: [
      "in_stage_s", "life_s", "silence_s", "dwell_limit_s", "overstayed", "life_limit_s",
      "outlived", "paused",
    ])

  /// A card's clocks at the time of the request.
  init(_ card: Card, pauses: [CardPause], _ call: TenantCall) {
    clocks = Clocks(
      createdAt: card.createdAt, stageEnteredAt: card.stageEnteredAt, touchedAt: card.touchedAt,
      closedAt: card.closedAt, stands: pauses.map(\.stand),
      dwellLimit: call.company.dwellLimits[card.stage],
      lifeLimit: call.company.lifeLimits[card.pipeline], at: call.now)
    paused = card.outcome == .open ? pauses.running(at: call.now) : nil
  }

  /// Those of a row of `CardStatements` with the pauses in a column.
  init(_ row: Row, pauses column: Int, _ call: TenantCall) throws {
    let pauses = try [CardPause](row, column: column)
    let closedAt = try row.timestampIfPresent(19)
    clocks = Clocks(
      createdAt: try row.timestamp(16), stageEnteredAt: try row.timestamp(17),
      touchedAt: try row.timestamp(18), closedAt: closedAt, stands: pauses.map(\.stand),
      dwellLimit: call.company.dwellLimits[try row.integer(3)],
      lifeLimit: call.company.lifeLimits[try row.integer(2)], at: call.now)
    paused = closedAt == nil ? pauses.running(at: call.now) : nil
  }

  func write(to writer: inout JSONWriter) {
    writer.member("clocks") {
      $0.member("in_stage_s", clocks.inStage)
      $0.member("life_s", clocks.life)
      $0.member("silence_s", clocks.silence)
      $0.member("dwell_limit_s", clocks.dwellLimit)
      $0.member("overstayed", clocks.isOverstayed)
      $0.member("life_limit_s", clocks.lifeLimit)
      $0.member("outlived", clocks.isOutlived)
      guard let paused else { return $0.member("paused", String?.none) }
      $0.member("paused") {
        $0.member("since", paused.since)
        $0.member("until", paused.until)
        $0.member("reason", paused.reason)
        $0.member("by", paused.by)
      }
    }
  }
}
