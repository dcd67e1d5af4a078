internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A card whose clocks are about to be stopped or started, by whoever may edit it.
struct CardPausing {
  /// The longest pause, in days: what is further off is no pause but another request.
  static let mostDays: Int64 = 366

  private let card: Card
  private let pauses: [CardPause]
  private let call: TenantCall

  /// Reads the lead or deal that the params name.
  init(_ call: TenantCall) async throws {
    let id = call.arguments[CommonMembers.id]
    let kinds = try await call.read(CardStatements.kind(call.tenantParameter, .integer(id)))
    guard let kind = kinds[0].first else { throw RPCError.notFound(what: "card") }
    card = try await CardReading.find(id, try kind.word(0), for: .edit, call).card
    // After the card: whatever was paused or resumed since has moved the version that guards the change.
    let rows = try await call.read(ClockStatements.ofCard(call.tenantParameter, .integer(id)))
    guard let stood = rows[0].first else { throw RPCError.notFound(what: "card") }
    pauses = try [CardPause](stood, column: 1)
    self.call = call
  }

  /// Stops the clocks until a moment. Of a card that is paused already end and reason become others; from when it
  /// is paused stays.
  func pause(until: Timestamp, reason: String) throws -> Work {
    guard card.outcome == .open else { throw CardGate.error([.alreadyClosed(card.outcome)]) }
    let running = pauses.running(at: call.now)
    if running?.until == until, running?.reason == reason {
      return .nothing(answer(card, pauses), card: card.id)
    }
    try check(until)
    var change = CardChange(.paused, of: card, call)
    change.note("until", .string(until.description))
    change.note("reason", .string(reason))
    var after = pauses
    if let running, let index = after.lastIndex(of: running) {
      change.note("until_before", .string(running.until.description))
      change.note("reason_before", running.reason.map { .string($0) } ?? .null)
      (after[index].until, after[index].reason) = (until, reason)
      after[index].by = call.standing.user
    } else {
      after.append(
        CardPause(since: call.now, until: until, reason: reason, by: call.standing.user))
    }
    let statement = running == nil ? ClockStatements.pause : ClockStatements.prolong
    return work(
      change,
      statement.bind(
        key + [.timestamp(until), .text(reason), .integer(call.standing.user)]), after)
  }

  /// Lets the clocks run again, from now on.
  func resume() -> Work {
    guard card.outcome == .open, let running = pauses.running(at: call.now),
      let index = pauses.lastIndex(of: running)
    else { return .nothing(answer(card, pauses), card: card.id) }
    var change = CardChange(.resumed, of: card, call)
    change.note("until", .string(running.until.description))
    var after = pauses
    after[index].until = max(call.now, running.since)
    return work(change, ClockStatements.resume.bind(key), after)
  }

  private func check(_ until: Timestamp) throws(RPCError) {
    if until <= call.now { throw Self.refusal(isPast: true) }
    if until > call.now.adding(seconds: Self.mostDays * 86_400) {
      throw Self.refusal(isPast: false)
    }
  }

  /// What is told of an end that is past, or too far away.
  static func refusal(isPast: Bool) -> RPCError {
    let problem = isPast ? "has to be still to come" : "is more than \(mostDays) days away"
    return .invalid([FieldProblem(path: "until", problem: problem)])
  }

  private var key: [Parameter] {
    [
      call.tenantParameter, .integer(card.id), .integer(card.version), .timestamp(call.now),
    ]
  }

  /// The clocks first: the card's change moves the version by which both are guarded.
  private func work(
    _ change: CardChange, _ statement: BoundStatement, _ after: [CardPause]
  ) -> Work {
    var work = Work(
      [statement] + change.statements, answer: answer(change.after, after),
      before: answer(card, pauses), card: card.id, action: .edit, written: [card.id]
    ).seen(by: .changed(change.after, from: card))
    work.noun = card.kind.rawValue
    return work
  }

  private func answer(_ card: Card, _ pauses: [CardPause]) -> RawJSON {
    RawJSON {
      card.write(
        to: &$0, in: call.company,
        clocks: CardClocks(card, pauses: pauses, call))
    }
  }
}
