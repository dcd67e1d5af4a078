internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A bounded part of the feed, as one person may see it now, ready to be sent.
struct EventPage: Sendable {
  /// How many events one page has.
  private static let size: Int64 = 200
  /// Over how many numbers it looks: most of them may be hidden from the person.
  private static let reach: Int64 = 2000

  /// Its lines; empty where there is nothing to see.
  let lines: [UInt8]
  /// Up to where it reaches.
  let position: Int64
  /// Whether there is nothing behind it yet.
  let isLast: Bool

  /// Reads what stands behind a number.
  static func read(
    after: Int64, _ filter: EventFilter, _ call: TenantCall
  ) async throws -> EventPage {
    let results = try await call.read(
      EventStatements.head(call.tenantParameter),
      EventStatements.page.bind(
        [
          call.tenantParameter, .integer(after), .integer(after + reach), .integer(size),
        ] + filter.parameters))
    let head = try EventHead(results[0])
    try head.requireThere(after)
    let events = try results[1].map { try EventRow($0) }
    var lines: [UInt8] = []
    for event in events where event.isWanted(by: filter, of: call.standing) {
      lines += Reply.notification(
        method: "event",
        parameters: RawJSON(reservingCapacity: 256) { event.write(to: &$0, for: call.standing) })
    }
    let isFull = events.count == size
    let position = isFull ? events.last?.number ?? after : min(after + reach, head.number)
    return EventPage(lines: lines, position: position, isLast: position >= head.number)
  }
}
