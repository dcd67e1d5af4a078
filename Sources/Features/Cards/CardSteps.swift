internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// The steps that change one card, shared by leads and deals.
struct CardSteps {
  let kind: CardKind
  let call: TenantCall

  var arguments: Arguments { call.arguments }
  private var id: Int64 { arguments[CommonMembers.id] }
  var reason: Int64? { arguments[optional: CardMembers.reason] }
  var comment: String? { arguments.comment }

  private func find(for action: Action) async throws -> CardReading {
    try await CardReading.find(id, kind, for: action, call)
  }

  func pipeline(of card: Card) throws -> Pipeline {
    guard let pipeline = call.company.pipeline(card.pipeline) else {
      throw RPCError.notFound(what: "pipeline")
    }
    return pipeline
  }

  // MARK: - Values

  func update() async throws -> Work {
    let reading = try await find(for: .edit)
    let card = reading.card
    var change = CardChange(.updated, of: card, call)
    let fields = try await CardValues.fields(card.fields, kind: kind, of: [card.pipeline], call)
    let amount: MoneyAmount?
    switch arguments.change(CardMembers.amount) {
    case .unchanged: amount = card.amount
    case .clear: amount = nil
    case .set(let money): amount = try money.price("amount", in: call.company)
    }
    if amount != card.amount { try await LineMethods.requireNone(of: card, call) }
    let contact = try await contact(of: card)
    let company = try await company(of: card)
    let lastContact = try lastContact(of: card)
    change.set {
      $0.fields = fields
      $0.amount = amount
      $0.contact = contact.id
      $0.isRepeat = contact.isRepeat
      $0.company = company
      if let title = arguments[optional: CardMembers.title] { $0.title = title }
      $0.source = arguments.change(CardMembers.source).applied(to: $0.source)
    }
    if lastContact != card.lastContact { change.contact(lastContact) }
    guard change.after.differs(from: card) || lastContact != card.lastContact else {
      return unchanged(card)
    }
    try await requireKept(reading, after: change.after)
    for name in change.after.changedMembers(from: card) { change.note(name, true) }
    var work = change.work(asking: .edit)
    if change.after.isRepeat, !card.isRepeat {
      work.furtherEvents += try await RepeatCard.event(
        of: change.after, contact.id.map { .known($0) }, call)
    }
    return work
  }

  /// The last contact as an update leaves it: a status that is told already is no other contact.
  private func lastContact(of card: Card) throws -> LastContact? {
    switch arguments.change(CardMembers.lastContact) {
    case .unchanged: return card.lastContact
    case .clear: return nil
    case .set(let status):
      return status == card.lastContact?.status ? card.lastContact : try call.lastContact(status)
    }
  }

  private func unchanged(_ card: Card) -> Work {
    .nothing(card.answer(for: call), card: card.id)
  }

  /// The contact after an update, and whether the card is a known client's: which one is named later says so as
  /// well as one that is named at once (S1).
  private func contact(of card: Card) async throws -> (id: Int64?, isRepeat: Bool) {
    let change = arguments.change(CardMembers.contactID)
    guard case .set(let id) = change, id != card.contact else {
      return (change.applied(to: card.contact), card.isRepeat)
    }
    let named = try await CardContacts.resolve(.known(id), call)
    // The one into which it was merged may be the card's own.
    return (named.id, named.id == card.contact ? card.isRepeat : named.isRepeat)
  }

  private func company(of card: Card) async throws -> Int64? {
    let change = arguments.change(CardMembers.company)
    if case .set(let id) = change, id != card.company {
      let rows = try await call.read(
        CardContactStatements.company(call.tenantParameter, .integer(id)))
      if rows[0].isEmpty { throw RPCError.notFound(what: "company") }
    }
    return change.applied(to: card.company)
  }

  func assign() async throws -> Work {
    let reading = try await find(for: .assign)
    let card = reading.card
    let wanted = try await wantedResponsible(card)
    let responsible = wanted.user
    guard responsible != card.responsible else { return unchanged(card) }
    var assigned = card
    assigned.responsible = responsible
    try await requireKept(reading, after: assigned)
    try await requireWithinTeam(card, to: responsible)
    if let responsible {
      var place = card.place
      place.responsible = responsible
      try await CardValues.requireSight(responsible, of: place, call)
    }
    var change = CardChange(.assigned, of: card, call)
    change.note("from_user", card.responsible.map { .integer($0) } ?? .null)
    change.note("to_user", responsible.map { .integer($0) } ?? .null)
    change.give(to: wanted)
    return change.work(asking: .assign)
  }

  /// Whoever is named, or the next one of a team.
  private func wantedResponsible(_ card: Card) async throws -> Responsible {
    let change = arguments.change(CardMembers.responsible)
    let target = arguments[optional: AssignmentMembers.to]
    switch (change, target) {
    case (.set(let user), nil): return Responsible(user, .named)
    case (.clear, nil): return Responsible(nil, .named)
    case (.unchanged, let target?):
      let rule = AssignmentMembers.wanted(target)
      guard let team = rule.team else { return Responsible(rule.user, .named) }
      try await TeamSight.require(team, call)
      let choice = try await call.choose(
        by: rule, at: card.place, besides: card.responsible)
      guard choice.user != nil else {
        throw RPCError.invalid([
          FieldProblem(
            path: "to.team",
            problem: "has nobody active and present who could see the card; give a right first")
        ])
      }
      return Responsible(choice, by: rule, stage: nil, pipeline: card.pipeline)
    default:
      throw RPCError.invalidParams([
        FieldProblem(path: "responsible", problem: "or `to` is needed, and only one of them")
      ])
    }
  }

  /// A lead without a grant to assign hands cards round among the people they lead.
  private func requireWithinTeam(_ card: Card, to responsible: Int64?) async throws {
    let standing = call.standing
    guard !standing.holdsEverything else { return }
    let rights = try await AccessScene(reading: call).rights(
      of: Person(id: standing.user, role: standing.role))
    guard case .allowed(.grants(let grants, _)) = rights.explain(.assign, on: card.place),
      grants.isEmpty, responsible.map(rights.ledPeople.contains) != true
    else { return }
    throw RPCError.forbidden(
      needs: Action.assign.rawValue,
      "As a lead you assign cards to the people you lead; to others it takes the right \"assign\".")
  }

  // MARK: - Stages

  func move() async throws -> Work {
    if let stage = try await transferStage() {
      return try await CardSuccession(.conversion, call, through: stage).work()
    }
    let decision = try await moving()
    let passage = try CardGate.pass(decision.verdict)
    // Where it stands already, nothing changes; fields are changed by whoever may edit.
    if passage.isUnchanged { return unchanged(decision.card) }
    let kinds: [Outcome: CardChange.Kind] = [.open: .moved, .won: .won, .lost: .lost]
    return try await work(
      kinds[passage.outcome] ?? .moved, decision, passage,
      asking: passage.outcome == .open ? .move : .close)
  }

  /// The stage of the lead pipeline to which the move leads, if it is one that transfers. A lead that stood
  /// there before it did stays where it is, as by any move to where it stands.
  func transferStage() async throws -> Stage? {
    guard kind == .lead else { return nil }
    let stage = call.company.leadPipeline?.stage(arguments[CardMembers.stage])
    guard let stage, stage.transfersTo != nil else { return nil }
    let card = try await CardReading.find(id, kind, call).card
    return card.stage == stage.id ? nil : stage
  }

  func moving() async throws -> CardDecision {
    let target = arguments[CardMembers.stage]
    let reading = try await CardReading.find(id, kind, call)
    let card = reading.card
    let pipeline = try pipeline(of: card)
    if arguments.has(CardMembers.deal.name), pipeline.stage(target)?.transfersTo == nil {
      throw RPCError.invalid([
        FieldProblem(path: "deal", problem: "is for a stage that transfers, which this is not")
      ])
    }
    guard let kindOfTarget = pipeline.stage(target)?.kind else {
      return try await crossing(reading, to: target)
    }
    let actions: [Action] =
      kindOfTarget == .won || kindOfTarget == .lost ? [.move, .close] : [.move]
    let given = try await call.given(to: actions, on: card) {
      return try await self.given(for: card, changesFields: target != card.stage)
    }
    return try await decide(.move(given.gateCard(reading), to: target), card, given)
  }

  func win() async throws -> Work {
    try await close(.won, winning())
  }

  func winning() async throws -> CardDecision {
    try await closing { .win($0) }
  }

  func lose() async throws -> Work {
    try await close(.lost, losing())
  }

  func losing() async throws -> CardDecision {
    let stage = arguments[optional: CardMembers.stage]
    return try await closing { .lose($0, stage: stage) }
  }

  func invalidate() async throws -> Work {
    try await close(.invalidated, invalidating())
  }

  func invalidating() async throws -> CardDecision {
    try await closing { .invalidate($0) }
  }

  private func close(_ change: CardChange.Kind, _ decision: CardDecision) async throws -> Work {
    try await work(change, decision, try CardGate.pass(decision.verdict), asking: .close)
  }

  private func closing(_ step: (GateCard) -> GateStep) async throws -> CardDecision {
    let reading = try await CardReading.find(id, kind, call)
    let given = try await call.given(to: [.close], on: reading.card) {
      try await self.given(for: reading.card)
    }
    return try await decide(step(given.gateCard(reading)), reading.card, given)
  }

  func reopen() async throws -> Work {
    let decision = try await reopening()
    return try await work(.reopened, decision, try CardGate.pass(decision.verdict), asking: .close)
  }

  func reopening() async throws -> CardDecision {
    let reading = try await CardReading.find(id, kind, call)
    let card = reading.card
    let lastContact = try await call.given(to: [.close], on: card) {
      try call.requireVersion(card.version)
      return try call.givenLastContact()
    }
    let rows = try await call.read(
      CardStatements.lastOpenStage(call.tenantParameter, .integer(id)))
    let last = try rows[0].first?.integer(0)
    return try await decide(
      .reopen(
        reading.gateCard(lastContact: lastContact, lastOpenStage: last),
        stage: arguments[optional: CardMembers.stage]),
      card, Given(fields: card.fields, reason: nil, lastContact: lastContact))
  }

  /// The step as it is taken.
  private func work(
    _ kind: CardChange.Kind, _ decision: CardDecision, _ passage: GatePassage,
    asking action: Action
  ) async throws -> Work {
    var change = CardChange(kind, of: decision.card, call)
    change.set { $0.fields = decision.fields }
    if let contact = decision.lastContact { change.contact(contact) }
    let isReopened = kind == .reopened
    change.follow(
      passage, reason: isReopened ? nil : reason, comment: isReopened ? nil : comment)
    if let target = decision.target {
      change.cross(into: target.id)
      change.give(to: try await call.responsible(comingOverAt: change.after.place, in: target))
    } else {
      change.give(
        to: try await call.responsibleOnEntry(
          at: change.after.place, in: try pipeline(of: decision.card)))
    }
    return change.work(asking: action)
  }

  func delete() async throws -> Work {
    let card = try await find(for: .delete).card
    let row = try await call.read(
      CardStatements.belongings(call.tenantParameter, .integer(card.id)))[0][0]
    let payments = try row.integer(0)
    guard payments == 0 else {
      throw RPCError(
        .conflict,
        "\(payments) payments were made for the deal. Money that came in is not erased: close the deal as lost, "
          + "or cancel what is still to be paid with invoice.cancel.",
        data: [("payments", .integer(payments))])
    }
    let (invoices, activities, notes) = (
      try row.integer(1), try row.integer(2), try row.integer(3)
    )
    let answer = Deleted.answer(card.id, isDryRun: call.isDryRun) {
      $0.member("invoices", invoices)
      $0.member("activities", activities)
      $0.member("notes", notes)
    }
    return Work(
      [CardStatements.delete(call.tenantParameter, .integer(card.id), .integer(card.version))],
      answer: answer, before: card.whole(for: call), action: .delete, written: [card.id]
    ).seen(by: .at(card.place, card: card.id))
  }
}

extension Arguments {
  /// The comment of a step; one in which nothing is to be seen is none.
  var comment: String? {
    self[optional: CardMembers.comment].flatMap { PlainText.isVisible($0) ? $0 : nil }
  }
}

extension Change {
  /// The value after the change.
  func applied(to present: Value?) -> Value? {
    switch self {
    case .unchanged: present
    case .clear: nil
    case .set(let value): value
    }
  }
}

extension Card {
  /// Whether any value that a request may change is another one.
  func differs(from other: Card) -> Bool {
    !changedMembers(from: other).isEmpty
  }

  /// The members whose values are others.
  func changedMembers(from other: Card) -> [String] {
    var names: [String] = []
    if title != other.title { names.append("title") }
    if amount != other.amount { names.append("amount") }
    if contact != other.contact { names.append("contact") }
    if company != other.company { names.append("company") }
    if source != other.source { names.append("source") }
    if fields != other.fields { names.append("fields") }
    return names
  }
}
