internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `lead.convert` and `deal.copy`: a card ends, or has ended, and a deal begins on its base in the pipeline of
/// the right direction, carrying contact, amount, fields and notes (S1, S4). One transaction.
///
/// Once: a lead is converted once, and of a deal no second copy is made while one is open in that pipeline.
/// Copies of one deal are made one after another, since each moves the deal's version.
struct CardSuccession {
  /// How the one becomes the other.
  enum Manner {
    /// The lead has done its work.
    case conversion
    /// An open deal is won here and goes on there (S4); one that has ended stays as it is.
    case copy
  }

  /// What the gate has decided, before anything is done.
  struct Decision {
    let reading: CardReading
    /// The card's fields, those filled in with the step included.
    let fields: JSONObject
    let reason: GateReason?
    /// The last-contact status that the step brings.
    let lastContact: LastContact?
    /// The deal to be made, still without its number.
    let deal: Card
    let verdict: GateVerdict
    /// What of the lead's fields the deal's would not take.
    let leftOut: JSONObject
  }

  private let manner: Manner
  private let call: TenantCall
  private let arguments: Arguments
  /// The stage of the lead pipeline that does it, where it is no request of its own.
  private let transfer: Stage?

  init(_ manner: Manner, _ call: TenantCall, through transfer: Stage? = nil) {
    self.transfer = transfer
    self.manner = manner
    self.call = call
    arguments = call.arguments
  }

  private var kind: CardKind { manner == .conversion ? .lead : .deal }

  private var reason: Int64? {
    manner == .copy ? arguments[optional: CardMembers.reason] : nil
  }

  private var comment: String? { manner == .copy ? arguments.comment : nil }

  /// The members that say what the deal is to be: the request's own or, where it moves a lead, its `deal`.
  private var ofDeal: Arguments? {
    transfer == nil ? arguments : arguments[optional: CardMembers.deal]
  }

  private var memberOfDeal: String? { transfer == nil ? nil : CardMembers.deal.name }

  // MARK: - Deciding

  func decide() async throws -> Decision {
    let reading = try await CardReading.find(arguments[CommonMembers.id], kind, call)
    let card = reading.card
    guard let origin = call.company.pipeline(card.pipeline) else {
      throw RPCError.notFound(what: "pipeline")
    }
    let named = transfer == nil ? arguments[optional: CardMembers.responsible] : nil
    let given = try await call.given(to: [.close], on: card) {
      try call.requireVersion(card.version)
      let target = try target()
      let own =
        transfer == nil
        ? card.fields
        : try await CardValues.fields(
          card.fields, kind: .lead, of: [card.pipeline], call)
      let carried =
        manner == .copy
        ? FieldMapping.Carried(fields: own)
        : FieldMapping.carried(own, into: target.id, of: call.company)
      // Who may not create there is refused for that alone, and learns nothing of the deals' fields.
      let isTold = transfer == nil || call.standing.holds(.create, onPipeline: target.id)
      let ofDeal = isTold ? ofDeal : nil
      let fields = try await CardValues.fields(
        carried.fields, with: ofDeal?[optional: CardMembers.fields], in: memberOfDeal, kind: .deal,
        of: manner == .copy ? [card.pipeline, target.id] : [target.id], call)
      let amount = try ofDeal?[optional: CardMembers.amount]?.price(
        memberOfDeal.map { "\($0).amount" } ?? "amount", in: call.company)
      return (
        target: target, amount: amount, reason: try call.gateReason(reason), own: own,
        fields: fields, lastContact: try call.givenLastContact(),
        leftOut: carried.leftOut
      )
    }
    var deal = Card(
      id: 0, kind: .deal, pipeline: given.target.id, stage: 0, outcome: .open,
      title: ofDeal?[optional: CardMembers.title] ?? card.title,
      amount: given.amount ?? card.amount, contact: card.contact, company: card.company,
      responsible: named ?? call.standing.usual(in: given.target), source: card.source,
      fields: given.fields, isRepeat: card.isRepeat, basedOn: card.id, createdAt: call.now,
      stageEnteredAt: call.now, touchedAt: call.now, version: 1,
      lastContact: given.lastContact ?? carriedContact(card))
    let fields = transfer == nil ? filled(card, with: given.fields) : given.own
    let place = deal.place
    let verdict = try await CardGate.decide(
      try await step(
        reading.gateCard(
          fields: fields, lastContact: card.outcome == .open ? given.lastContact : nil),
        reading, deal, into: given.target), in: origin, into: given.target,
      rights: call.standing.gateRights(on: card.place, into: given.target.id),
      reason: given.reason, comment: comment, call
    ) { stage in
      let place = place.entering(stage, of: given.target)
      return transfer == nil
        ? try await call.isSomebodys(named: named, newCardAt: place, in: given.target)
        : try await call.isSomebodys(handedOverTo: given.target, at: place)
    }
    if case .allowed(let passage) = verdict {
      deal.stage = passage.newStage
      if let named { try await CardValues.requireSight(named, of: deal.place, call) }
    }
    return Decision(
      reading: reading, fields: fields, reason: given.reason, lastContact: given.lastContact,
      deal: deal, verdict: verdict, leftOut: given.leftOut)
  }

  private func target() throws(RPCError) -> Pipeline {
    if let id = transfer?.transfersTo {
      guard let pipeline = call.company.pipeline(id) else { throw .notFound(what: "pipeline") }
      return pipeline
    }
    let id = arguments[CardMembers.pipeline]
    guard let pipeline = call.company.pipeline(id), call.standing.knows(pipeline: id) else {
      throw .notFound(what: "pipeline")
    }
    return pipeline
  }

  private func step(
    _ card: GateCard, _ reading: CardReading, _ deal: Card, into target: Pipeline
  ) async throws -> GateStep {
    let stage = transfer == nil ? arguments[optional: CardMembers.stage] : nil
    let filled = deal.filledOwn.union(reading.contactFilled)
      .union(deal.fields.members.map(\.name))
    guard manner == .copy else {
      return .convert(
        card, into: target.design, stage: stage, filled: filled,
        through: transfer?.kind == .open ? transfer?.id : nil)
    }
    guard call.standing.holds(.create, onPipeline: target.id) else {
      return .copy(
        card, into: target.design, stage: stage, filled: filled, hasOpenCopy: false)
    }
    // Asked of the whole pipeline: who hands over need not see what is there.
    let rows = try await call.readAsServer(
      CardStatements.hasOpenCopy(
        call.tenantParameter, .integer(reading.card.id), .integer(target.id)))
    return .copy(
      card, into: target.design, stage: stage, filled: filled,
      hasOpenCopy: try rows[0][0].bool(0))
  }

  /// What a card that was open tells of the last contact goes along; what one that had ended told is long ago.
  private func carriedContact(_ card: Card) -> LastContact? {
    card.outcome == .open ? card.lastContact : nil
  }

  /// What is filled in with a copy counts for the deal that is won by it too.
  private func filled(_ card: Card, with fields: JSONObject) -> JSONObject {
    guard manner == .copy, card.outcome == .open else { return card.fields }
    return fields
  }

  // MARK: - Doing

  func work() async throws -> Work {
    let decision = try await decide()
    if let done = try await already(decision) { return done }
    let passage = try CardGate.pass(decision.verdict)
    let card = decision.reading.card
    let (chosen, responsible) = try await chosen(decision.deal)
    let deal = chosen.numbered(try await call.newID(.card))
    let change = change(of: card, by: decision, passage, to: deal)
    let notes = try await carriedNotes(from: card, to: deal)
    let lines = try await carriedLines(from: card, to: deal)
    var work = Work(
      change.statements
        + [
          deal.insertion(
            call, through: passage, for: responsible, isConverted: manner == .conversion,
            hasLines: !lines.isEmpty, leftOut: decision.leftOut),
          ActivityStatements.carry(call.tenantParameter, .integer(card.id), .integer(deal.id)),
          ActivityStatements.settle(call.tenantParameter, .integers([card.id, deal.id])),
        ] + notes + lines,
      answer: answer(change.after, deal, passage.warnings, isWhole: false),
      before: card.whole(for: call), after: answer(change.after, deal, [], isWhole: true),
      card: card.id, action: .close, written: [card.id, deal.id])
    work.sight = .changed(change.after, from: card)
    work.furtherEvents = [
      EventDraft(name: "deal.create", noun: "deal", subject: deal.id, sight: .new(deal))
    ]
    return work
  }

  /// The deal with whoever is to be responsible for it.
  private func chosen(_ deal: Card) async throws -> (Card, Responsible) {
    guard let target = call.company.pipeline(deal.pipeline) else {
      throw RPCError.notFound(what: "pipeline")
    }
    let named = transfer == nil ? arguments[optional: CardMembers.responsible] : nil
    let responsible =
      transfer == nil
      ? try await call.responsible(named: named, newCardAt: deal.place, in: target)
      : try await call.responsible(handedOverTo: target, at: deal.place)
    var deal = deal
    deal.responsible = responsible.user
    return (deal, responsible)
  }

  /// A lead is converted once: whoever asks again, with the same rights, is told of the same deal.
  func already(_ decision: Decision) async throws -> Work? {
    let lead = decision.reading.card
    let target = decision.deal.pipeline
    guard manner == .conversion, lead.outcome == .won, call.standing.holds(.close, on: lead.place),
      call.standing.holds(.create, onPipeline: target)
    else { return nil }
    let rows = try await call.readAsServer(
      CardStatements.conversion(call.tenantParameter, .integer(lead.id), .integer(target)))
    guard let row = rows[0].first else { return nil }
    return .nothing(answer(lead, try Card(row), [], isWhole: false), card: lead.id)
  }

  private func change(
    of card: Card, by decision: Decision, _ passage: GatePassage, to deal: Card
  ) -> CardChange {
    let ends = card.outcome == .open
    var change = CardChange(
      manner == .conversion ? .converted : ends ? .won : .copied, of: card, call)
    change.handsOnActivities = true
    if let transfer, ends, transfer.kind == .open, transfer.id != card.stage {
      change.pass(through: transfer.id)
    }
    change.note("deal", .integer(deal.id))
    if let transfer { change.note("through", .integer(transfer.id)) }
    if ends {
      change.set { $0.fields = decision.fields }
      if let contact = decision.lastContact { change.contact(contact) }
      change.follow(passage, reason: reason, comment: comment)
    }
    return change
  }

  /// The result: the card that was left, as `lead` or `from`, and the new one as `deal`; each whole, or as far
  /// as the caller sees it.
  private func answer(
    _ left: Card, _ deal: Card, _ warnings: [GateProblem], isWhole: Bool
  ) -> RawJSON {
    RawJSON {
      $0.object {
        $0.name(manner == .conversion ? "lead" : "from")
        write(left, isWhole: isWhole, to: &$0)
        $0.name("deal")
        write(deal, isWhole: isWhole, to: &$0)
        warnings.writeWarnings(to: &$0)
      }
    }
  }

  private func write(_ card: Card, isWhole: Bool, to writer: inout JSONWriter) {
    if isWhole {
      card.write(to: &writer, in: call.company)
    } else {
      card.write(to: &writer, for: call)
    }
  }

  /// A deal with an amount of its own has no lines that tell another.
  private func carriedLines(from card: Card, to deal: Card) async throws -> [BoundStatement] {
    guard manner == .copy, deal.amount == card.amount else { return [] }
    return try await LineMethods.lines(of: card.id, call).replacing(of: deal.id, call, isNew: true)
  }

  private func carriedNotes(from card: Card, to deal: Card) async throws -> [BoundStatement] {
    let rows = try await call.read(
      CardSuccessionStatements.notes(call.tenantParameter, .integer(card.id)))
    let notes = try rows[0].map { try $0.integer(0) }
    guard !notes.isEmpty else { return [] }
    return [
      CardSuccessionStatements.carryNotes(
        call.tenantParameter, .integer(deal.id), .integers(notes),
        .integers(try await call.newIDs(.note, count: notes.count)))
    ]
  }
}
