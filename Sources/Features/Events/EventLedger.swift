internal import JSON
internal import Postgres
internal import SalesRules
internal import Synchronization

/// Writes events as part of the transactions of what they tell of.
final class EventLedger: Sendable {
  /// This process among all that ever wrote.
  private let writer = Int64.random(in: 1...Int64.max)
  private let places = Atomic<Int64>(0)

  /// What writes the events of a decision: that of the request itself, and further ones.
  func statements(
    tenant: Int64, at moment: Timestamp, user: Int64?, _ request: AuditedRequest, _ work: Work,
    warnings: [EventDraft] = []
  ) -> [BoundStatement] {
    // Who logs in or out is the audit's matter.
    let own = request.noun == "auth" ? [] : [draft(of: request, work)]
    return (own + work.furtherEvents + warnings).map {
      statement(tenant, at: moment, user: user, $0)
    }
  }

  /// What writes one event.
  func statement(
    _ tenant: Int64, at moment: Timestamp, user: Int64?, _ event: EventDraft
  ) -> BoundStatement {
    var card: CardSight?
    var pipeline: Int64?
    switch event.sight {
    case .card(let sight): (card, pipeline) = (sight, sight.place.pipeline)
    case .pipeline(let id): pipeline = id
    case .admins: break
    }
    let left = card?.left
    return EventStatements.insert(
      .integer(tenant), .integer(writer),
      .integer(places.add(1, ordering: .relaxed).newValue), .timestamp(moment),
      .text(event.name), .text(event.noun), .integer(event.subject),
      .integer(card?.version ?? event.version), .integer(user), .integer(card?.card),
      .integer(pipeline), .integer(card?.place.stage), .integer(card?.place.responsible),
      .integer(left?.stage), .integer(left?.responsible),
      event.details.map { .bytes($0.bytes) } ?? .null)
  }

  private func draft(of request: AuditedRequest, _ work: Work) -> EventDraft {
    let subject = request.subject(work).flatMap { Int64($0) }
    var sight = work.sight
    if case .admins = sight, request.noun == "pipeline", let subject { sight = .pipeline(subject) }
    var event = EventDraft(
      name: request.method, noun: work.noun ?? request.noun, subject: subject, sight: sight)
    if case .card = sight { return event }
    event.version = work.answer.version
    return event
  }
}

extension RawJSON {
  /// The version that an answer tells.
  fileprivate var version: Int64? {
    (try? JSONReader().read(bytes))?["version"]?.int64
  }
}
