internal import JSON
internal import Postgres
internal import SalesRules

/// A time in which a card's clocks stand still: a pause, or without a reason the time for which it was closed.
struct CardPause: Sendable, Hashable {
  let since: Timestamp
  var until: Timestamp
  var reason: String?
  var by: Int64?

  var stand: StandStill { StandStill(since: since, until: until) }
}

extension [CardPause] {
  /// From the column in which `ClockStatements` gather them.
  init(_ row: Row, column: Int) throws {
    guard !row.isNull(column) else {
      self = []
      return
    }
    let pauses = try row.withBytes(column) { try JSONReader().read($0) }.array ?? []
    self = try pauses.map { pause in
      guard let since = Self.moment(pause[0]), let until = Self.moment(pause[1]) else {
        throw PostgresError(.decoding, message: "a card's pause is none")
      }
      return CardPause(
        since: since, until: until, reason: pause[2]?.string, by: pause[3]?.int64)
    }
  }

  private static func moment(_ microseconds: JSON?) -> Timestamp? {
    microseconds?.int64.flatMap { Timestamp(microsecondsSince1970: $0) }
  }

  /// The pause that goes on at a moment.
  func running(at now: Timestamp) -> CardPause? {
    last { $0.reason != nil && $0.until > now }
  }
}
