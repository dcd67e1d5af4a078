internal import JSON
internal import Postgres
internal import SalesRules

/// One change of a card, from one version to the next, with its row of history.
struct CardChange {
  /// The kinds of changes that history knows.
  enum Kind: String, Sendable {
    case created
    case updated
    case assigned
    case moved
    case won
    case lost
    case invalidated
    case converted
    case reopened
    case copied
    case invoiced
    case paid
    case paused
    case resumed

    /// Whether something was done for the client, or settled with them. What is only written down about them, and
    /// who is to work for them, ends nobody's silence (docs/clocks.md).
    var isTouch: Bool { self != .updated && self != .assigned }
  }

  let kind: Kind
  let before: Card
  private(set) var after: Card
  private var details: JSONObject = [:]
  /// Where the card goes, if it leaves its stage.
  private var passage: GatePassage?
  /// The stage through which it goes on its way.
  private var passed: Int64?
  /// Why it is whose, where that was decided.
  private var responsible: Responsible?
  private let call: TenantCall
  /// Whether what is planned goes on with another card, and is not cancelled when this one is closed.
  var handsOnActivities = false

  /// A change that is about to be described.
  init(_ kind: Kind, of card: Card, _ call: TenantCall) {
    self.kind = kind
    self.call = call
    before = card
    after = card
    after.version += 1
    if kind.isTouch { after.touchedAt = call.now }
  }

  /// Changes values, and notes in the history what they were.
  mutating func set(_ change: (inout Card) -> Void) {
    change(&after)
  }

  /// Adds to the history's details.
  mutating func note(_ name: String, _ value: JSON) {
    details[name] = value
  }

  /// The card tells of this contact from now; history notes what it told before.
  mutating func contact(_ lastContact: LastContact?) {
    note("last_contact", lastContact.map { .integer($0.status) } ?? .null)
    note("last_contact_before", before.lastContact.map { .integer($0.status) } ?? .null)
    after.lastContact = lastContact
    if lastContact != nil { after.touchedAt = call.now }
  }

  /// Gives the card to whoever was found for it.
  mutating func give(to responsible: Responsible?) {
    guard let responsible else { return }
    self.responsible = responsible
    if responsible.user != after.responsible, kind != .assigned {
      note("from_user", after.responsible.map { .integer($0) } ?? .null)
      note("to_user", responsible.user.map { .integer($0) } ?? .null)
    }
    after.responsible = responsible.user
  }

  /// The card goes through an open stage on its way, in which it stays for no time at all: that takes a
  /// version of its own, as each stay does.
  mutating func pass(through stage: Int64) {
    passed = stage
    after.version += 1
  }

  /// Takes the card where the gate leads.
  mutating func follow(_ passage: GatePassage, reason: Int64?, comment: String?) {
    self.passage = passage
    note("from", .integer(before.stage))
    note("to", .integer(passage.stage))
    if let reason { note("reason", .integer(reason)) }
    // A reopened card has none any more, and whoever takes it up again asks why it was lost (S0).
    if let comment { note("comment", .string(comment)) }
    let stayed = call.now.microsecondsSince1970 - before.stageEnteredAt.microsecondsSince1970
    note("stayed_s", .integer(max(0, stayed / 1_000_000)))
    if !passage.warnings.isEmpty {
      note("warnings", .array(passage.warnings.map { .string($0.code) }))
    }
    after.stage = passage.stage
    after.outcome = passage.outcome
    after.stageEnteredAt = call.now
    after.closedAt = passage.outcome == .open ? nil : call.now
    after.reason = passage.outcome == .open ? nil : reason
    after.comment = passage.outcome == .open ? nil : comment
  }

  /// The card goes on in another pipeline.
  mutating func cross(into pipeline: Int64) {
    note("from_pipeline", .integer(before.pipeline))
    note("to_pipeline", .integer(pipeline))
    after.pipeline = pipeline
  }

  /// What writes it, its words first: afterwards the card may not be the caller's to change any more.
  var statements: [BoundStatement] {
    let words = after.searchWords(in: call.company)
    guard words != before.searchWords(in: call.company) else {
      return contacting + standStill + returning + [statement] + cancellation
    }
    return contacting + standStill + [
      SearchWordStatements.cards.bind(WordChanges((before.id, words)).parameters(of: call.tenant))
    ] + returning + [statement] + cancellation
  }

  /// What the one who was responsible had yet to do here is the matter of whoever comes after: it would be in
  /// nobody's day else. Before the card itself, since then it may be out of the caller's sight.
  private var returning: [BoundStatement] {
    guard let former = before.responsible, former != after.responsible else { return [] }
    return [
      ActivityStatements.giveBack(
        .integer(call.tenant), .integer(before.id), .integer(former))
    ]
  }

  /// What its clocks do with the step, before the card itself has changed and may not be the caller's any more.
  private var standStill: [BoundStatement] {
    ClockStatements.step(of: before, to: after, tenant: call.tenant, at: call.now)
  }

  /// What writes its last contact, before the step: afterwards the card may not be the caller's.
  private var contacting: [BoundStatement] {
    guard after.lastContact != before.lastContact else { return [] }
    return [
      ContactStatusStatements.set(
        .integer(call.tenant), .integer(before.id), .integer(after.lastContact?.status),
        .timestamp(after.lastContact?.at))
    ]
  }

  /// What is planned for a card that is closed is cancelled, after the card itself has changed: whatever was
  /// planned meanwhile is seen then.
  private var cancellation: [BoundStatement] {
    guard before.outcome == .open, after.outcome != .open, !handsOnActivities else { return [] }
    return [
      ActivityStatements.cancelPlanned(.integer(call.tenant), .integer(before.id)),
      ActivityStatements.settle(.integer(call.tenant), .integers([before.id])),
    ]
  }

  private var statement: BoundStatement {
    let key: [Parameter] = [
      .integer(call.tenant), .integer(before.id), .integer(before.version),
    ]
    var details = details
    details[Responsible.member] = responsible?.told
    let log: [Parameter] = [
      .timestamp(call.now), .integer(call.standing.user), .text(kind.rawValue),
      .bytes(RawJSON(.object(details)).bytes),
    ]
    if let passage {
      return CardPlaceStatements.step(
        after, from: before, past: passed, through: passage, key: key, log: log)
    }
    let fields = Parameter.bytes(RawJSON(.object(after.fields)).bytes)
    return CardStatements.change.bind(
      key + [
        .text(after.title), .string(after.amount?.description), .integer(after.contact),
        .integer(after.company), .integer(after.responsible), .string(after.source), fields,
      ] + log + [.bool(after.isRepeat), .timestamp(after.touchedAt)])
  }

  /// Rules that the step broke and that only warn.
  var warnings: [GateProblem] { passage?.warnings ?? [] }

  /// The whole decision: this change, and the card as its answer.
  func work(asking action: Action) -> Work {
    Work(
      statements, answer: after.answer(for: call, warnings: warnings.warnings),
      before: before.whole(for: call),
      after: after.wholeUnlessSeen(by: call), card: after.id, action: action,
      written: [after.id]
    ).seen(by: .changed(after, from: before))
  }
}
