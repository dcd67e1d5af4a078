internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `lead.create` and `deal.create`.
struct CardCreation {
  private let kind: CardKind
  private let call: TenantCall
  private let arguments: Arguments

  init(_ kind: CardKind, _ call: TenantCall) {
    self.kind = kind
    self.call = call
    arguments = call.arguments
  }

  func work() async throws -> Work {
    let pipeline = try pipeline()
    let amount = try arguments[optional: CardMembers.amount]?.price("amount", in: call.company)
    let fields = try await CardValues.fields([:], kind: kind, of: [pipeline.id], call)
    let contact = try await CardContacts.resolve(arguments[optional: CardMembers.contact], call)
    let named = arguments[optional: CardMembers.responsible]
    if let company = arguments[optional: CardMembers.company] {
      let rows = try await call.read(
        CardContactStatements.company(call.tenantParameter, .integer(company)))
      if rows[0].isEmpty { throw RPCError.notFound(what: "company") }
    }
    var card = Card(
      id: 0, kind: kind, pipeline: pipeline.id, stage: 0, outcome: .open,
      title: arguments[CardMembers.title], amount: amount, contact: contact.id,
      company: arguments[optional: CardMembers.company],
      responsible: named ?? call.standing.usual(in: pipeline),
      source: arguments[optional: CardMembers.source], fields: fields,
      isRepeat: contact.isRepeat, basedOn: nil, createdAt: call.now, stageEnteredAt: call.now,
      touchedAt: call.now, version: 1, lastContact: try call.givenLastContact())
    let filled = card.filledOwn.union(contact.filled).union(fields.members.map(\.name))
    let place = card.place
    let passage = try CardGate.pass(
      await CardGate.decide(
        .create(filled: filled, stage: arguments[optional: CardMembers.stage]), in: pipeline,
        into: pipeline, rights: call.standing.gateRights(in: pipeline.id), call
      ) { stage in
        try await call.isSomebodys(
          named: named, newCardAt: place.entering(stage, of: pipeline), in: pipeline)
      })
    card.stage = passage.stage
    if let named { try await CardValues.requireSight(named, of: card.place, call) }
    let responsible = try await call.responsible(
      named: named, newCardAt: card.place, in: pipeline)
    card.responsible = responsible.user
    let made = card.numbered(try await call.newID(.card))
    let completion = contact.completion
    var work = Work(
      contact.statements + [
        made.insertion(
          call, through: passage, for: responsible, addedToContact: completion?.added ?? [])
      ],
      answer: made.answer(
        for: call, warnings: passage.warnings.warnings + [completion?.warning].compactMap(\.self)),
      after: made.wholeUnlessSeen(by: call),
      card: call.standing.sees(made.place) ? made.id : nil, written: [made.id]
    ).seen(by: .new(made))
    work.newContacts = contact.made
    work.furtherEvents = try await RepeatLead.event(
      of: made, arguments[optional: CardMembers.contact], call)
    if let completion, let event = completion.event {
      // The audit has the contact with the card; the policies ask for the right to change it.
      work.action = .edit
      work.before = RawJSON {
        $0.object {
          $0.name("contact"); completion.before.write(to: &$0)
        }
      }
      work.after = RawJSON {
        $0.object {
          $0.name(kind.rawValue)
          made.write(to: &$0, in: call.company)
          $0.name("contact")
          completion.after.write(to: &$0)
        }
      }
      work.furtherEvents.append(event)
    }
    return work
  }

  /// The pipeline named, or the first one the caller may create in.
  private func pipeline() throws -> Pipeline {
    let standing = call.standing
    if kind == .lead, !call.company.takesLeads {
      throw RPCError.stageRule(
        "The company works without leads: create a deal with deal.create, or have an admin switch leads "
          + "on with settings.update {\"leads\": true}.", data: [(name: "leads_off", value: true)])
    }
    guard kind == .deal, let id = arguments[optional: CardMembers.pipeline] else {
      let fitting = call.company.pipelines.filter {
        $0.kind == kind && !$0.isArchived && standing.holds(.create, onPipeline: $0.id)
      }
      // Where all are frozen, the first of them says so.
      guard let first = fitting.first(where: { !$0.isFrozen }) ?? fitting.first else {
        throw RPCError.forbidden(needs: Action.create.rawValue)
      }
      return first
    }
    guard let pipeline = call.company.pipeline(id), standing.knows(pipeline: id),
      pipeline.kind == kind
    else { throw RPCError.notFound(what: "pipeline") }
    guard standing.holds(.create, onPipeline: id) else {
      throw RPCError.forbidden(needs: Action.create.rawValue)
    }
    return pipeline
  }
}

extension Standing {
  /// Who is responsible for a new card where nobody is named: the caller, if they may view the pipeline;
  /// else nobody.
  func usual(in pipeline: Pipeline) -> Int64? {
    holds(.view, onPipeline: pipeline.id) ? user : nil
  }
}

extension Card {
  /// The same card with its id.
  func numbered(_ id: Int64) -> Card {
    Card(
      id: id, kind: kind, pipeline: pipeline, stage: stage, outcome: outcome, title: title,
      amount: amount, contact: contact, company: company, responsible: responsible,
      source: source, fields: fields, isRepeat: isRepeat, reason: reason, comment: comment,
      basedOn: basedOn, createdAt: createdAt, stageEnteredAt: stageEnteredAt,
      touchedAt: touchedAt, closedAt: closedAt, version: version, lastContact: lastContact)
  }

  /// What writes the card as a new one.
  func insertion(
    _ call: TenantCall, through passage: GatePassage, for responsible: Responsible,
    isConverted: Bool = false, hasLines: Bool = false, leftOut: JSONObject = [:],
    addedToContact: [String] = []
  ) -> BoundStatement {
    CardPlaceStatements.insert(
      self, through: passage, isConverted: isConverted, words: searchWords(in: call.company),
      hasLines: hasLines, leftOut: leftOut, addedToContact: addedToContact, for: responsible,
      by: call.standing.user,
      tenant: call.tenant)
  }
}
