internal import JSON
internal import Postgres
internal import SalesRules

/// What a method that changes something has decided: the statements, and the answer that is given once
/// they are committed.
///
/// The answer is known beforehand, because ids are allotted, times are given, and every statement is
/// guarded by the version that was read. So it can be stored with its idempotency key in the same
/// transaction, and one round trip does it all.
struct Work: Sendable {
  /// In their order; none where nothing is to be done.
  var statements: [BoundStatement]
  /// The result.
  var answer: RawJSON
  /// What was changed or deleted as it was before, in its wire shape, for the audit.
  var before: RawJSON?
  /// What it is afterwards, for the audit, where the answer does not say it all.
  var after: RawJSON?
  /// Whether audit and feed have a row for it; only a further part of what has one does without.
  var isAudited = true
  /// Who may learn of it by an event; of a pipeline's change, where it is not said, whoever knows the pipeline.
  var sight = EventSight.admins
  /// What it is about for audit and feed, where that is not what the method's name begins with.
  var noun: String?
  /// What else becomes of things, besides the request itself.
  var furtherEvents: [EventDraft] = []
  /// The card whose sight decides whether the answer may be repeated to the holder of its key.
  var card: Int64?
  /// The right that the policies ask of a member for the cards that are changed.
  var action: Action?
  /// The cards that are written, new ones among them.
  var written: [Int64]
  /// Contacts and clients' companies that it makes: their rows are written before they can be seen.
  var newContacts: [Int64] = []
  var newCompanies: [Int64] = []
  /// Whether people, rights, settings or the design of pipelines change: what was cached is stale then.
  var movesVersion: Bool
  /// Whether the company's writes under way have to be over first, since they were decided on what changes: with
  /// the version, but for log-outs, which end what begins afterwards.
  var waitsForWrites: Bool
  /// The tenant whose cached state is stale afterwards, for the operator's changes.
  var tenant: Int64?
  /// How many cards change besides those that are written: of many, a dry run tells without trying it.
  var cards: Int64 = 0
  /// Whether the tenant's grace is over with it: its rows begin to go before it is answered.
  var beginsPurge = false

  /// A decision.
  init(
    _ statements: [BoundStatement], answer: RawJSON, before: RawJSON? = nil,
    after: RawJSON? = nil, card: Int64? = nil, action: Action? = nil, written: [Int64] = [],
    movesVersion: Bool = false, tenant: Int64? = nil
  ) {
    self.statements = statements
    self.answer = answer
    self.before = before
    self.after = after
    self.card = card
    self.action = action
    self.written = written
    self.movesVersion = movesVersion
    waitsForWrites = movesVersion
    self.tenant = tenant
  }

  /// What an update comes to, with what was before for the audit: nothing at all where what is wanted is there already, so that neither the
  /// version moves nor anything is written.
  static func update<Value: Equatable>(
    _ present: Value, to wanted: Value, answer: (Value) throws -> RawJSON,
    _ work: (Value) throws -> Work
  ) rethrows -> Work {
    if wanted == present { return .nothing(try answer(present)) }
    var work = try work(wanted)
    work.before = try work.before ?? answer(present)
    return work
  }

  /// The same, which changes so many cards besides those that are written.
  func changing(cards: Int) -> Work {
    var work = self
    work.cards = Int64(cards)
    return work
  }

  /// The same with an event for those who may learn of it.
  func seen(by sight: EventSight) -> Work {
    var work = self
    work.sight = sight
    return work
  }

  /// The same, which the writes under way have nothing to do with.
  func besideWrites() -> Work {
    var work = self
    work.waitsForWrites = false
    return work
  }

  /// Nothing needs doing.
  static func nothing(_ answer: RawJSON, card: Int64? = nil) -> Work {
    Work([], answer: answer, card: card)
  }
}
