internal import JSON
internal import JSONRPC
internal import Postgres

/// Where a company's feed begins and ends at present.
struct EventHead: Sendable {
  /// The last number that was given out.
  let number: Int64
  /// The last number that was cleared away.
  let cleared: Int64

  /// From what `EventStatements.head` selects; there is no row before the first event.
  init(_ rows: Rows) throws {
    number = try rows.first?.integer(0) ?? 0
    cleared = try rows.first?.integer(1) ?? 0
  }

  /// Refuses a number behind which the feed can't be read without a gap.
  func requireThere(_ after: Int64) throws(RPCError) {
    guard after < cleared || after > number else { return }
    let problem =
      after < cleared
      ? "is too old: the events up to \(cleared) have been cleared away"
      : "has not been given out: the last event is \(number)"
    throw RPCError(
      .invalid, "after \(problem). Read what you need anew, and subscribe without it.",
      data: [
        ("fields", [["path": "after", "problem": .string(problem)]]),
        ("oldest", .integer(cleared)), ("sequence", .integer(number)),
      ])
  }
}
