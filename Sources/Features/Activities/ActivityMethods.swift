internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `activity.*`: what there is to do for cards, and what was done.
enum ActivityMethods {
  static let all = [
    plan, list, get, update, complete, cancel, missedCall, callBack, recordIncoming,
    MyDay.method,
  ]

  private static let plan = Method(
    "activity.plan", "Plans something to do for a card.",
    details:
      "Whoever may change anything of the card may. Also of a closed card: who refused may be asked "
      + "again. What is planned when a card is closed is cancelled by it.",
    takes: [
      .required(ActivityMembers.card), .optional(ActivityMembers.type),
      .optional(ActivityMembers.ownType), .required(ActivityMembers.due),
      .optional(ActivityMembers.subject),
      .optional(ActivityMembers.responsible), .optional(ActivityMembers.direction),
    ], gives: Activity.schema, errors: [.notFound, .invalid],
    .write(.member) { call in
      let scene = try await ActivityScene.ofCard(call)
      try scene.requireWork()
      let named = call.arguments[optional: ActivityMembers.responsible]
      try await scene.requireSight(named)
      let type = try ChosenActivityType(call.arguments, call)
      let activity = try await scene.make(
        type.kind, call.arguments[optional: ActivityMembers.subject],
        direction: call.arguments[optional: ActivityMembers.direction] ?? .outgoing,
        due: call.arguments[ActivityMembers.due], named: named, ownType: type.own)
      return scene.work([scene.insertion(of: activity)], answer: scene.answer(activity))
    })

  private static let list = Method(
    "activity.list", "The activities of a card, in the order in which they were entered.",
    takes: [.required(ActivityMembers.card), .optional(ActivityMembers.state)]
      + CommonMembers.page, gives: Shapes.page(of: Activity.schema), errors: [.notFound],
    .read(.member) { call in
      let page = try Page(call)
      let scene = try await ActivityScene.ofCard(call)
      let rows = try await call.read(
        ActivityStatements.list(
          call.tenantParameter, .integer(scene.card), .integer(try page.afterID()), page.fetch,
          .string(call.arguments[optional: ActivityMembers.state]?.rawValue)))
      return page.result(try rows[0].map(Activity.init), key: { String($0.id) }) {
        scene.write($0, to: &$1)
      }
    })

  private static let get = Method(
    "activity.get", "One activity.", takes: [.required(CommonMembers.id)], gives: Activity.schema,
    errors: [.notFound],
    .read(.member) { call in
      let (scene, activity) = try await ActivityScene.ofActivity(call)
      return scene.answer(activity)
    })

  private static let update = Method(
    "activity.update", "Changes what is planned: absent members stay, null clears.",
    details:
      "Another `type` takes a type of the company's own away, and `own_type` brings its `type` along.",
    takes: [
      .required(CommonMembers.id), .optional(ActivityMembers.type),
      .clearable(ActivityMembers.ownType), .optional(ActivityMembers.due),
      .clearable(ActivityMembers.subject),
      .clearable(ActivityMembers.responsible),
    ], gives: Activity.schema, errors: [.notFound, .invalid], traits: .versioned,
    .write(.member) { call in
      let (scene, present) = try await ActivityScene.planned(call)
      var activity = present
      try activity.retype(call)
      if let due = call.arguments[optional: ActivityMembers.due] { activity.dueAt = due }
      activity.subject = call.arguments.change(ActivityMembers.subject)
        .applied(to: activity.subject)
      let responsible = call.arguments.change(ActivityMembers.responsible)
      activity.named = responsible.applied(to: activity.named)
      if case .set(let user) = responsible { try await scene.requireSight(user) }
      guard activity != present else {
        return .nothing(scene.answer(present), card: scene.card)
      }
      activity.version += 1
      return scene.work(
        [scene.change(to: activity)], answer: scene.answer(activity), before: present)
    })

  private static let complete = Method(
    "activity.complete", "What was planned is done, with what came of it; plans what comes next.",
    details:
      "The card counts as touched now, and what came in on it is answered by an outgoing one. With "
      + "`last_contact` the card tells of it from now, which is a change of the card.",
    takes: [
      .required(CommonMembers.id), .optional(ActivityMembers.outcome),
      .optional(ActivityMembers.next), .optional(CardMembers.lastContact),
    ], gives: Activity.schemaWithNext, errors: [.notFound, .invalid], traits: .versioned,
    .write(.member) { call in
      let (scene, present) = try await ActivityScene.planned(call)
      var activity = present
      activity.finish(.done, call.arguments[optional: ActivityMembers.outcome], at: call.now)
      var statements = [scene.change(to: activity), scene.touch(at: call.now)]
      statements += scene.contact(try call.givenLastContact(), by: activity)
      if activity.direction == .outgoing { statements.append(scene.answering) }
      var next: Activity?
      if let wanted = call.arguments[optional: ActivityMembers.next] {
        let type = try ChosenActivityType(wanted, within: "next.", call)
        let planned = try await scene.make(
          type.kind, wanted[optional: ActivityMembers.subject],
          due: wanted[ActivityMembers.due], named: present.named, ownType: type.own)
        statements.append(scene.insertion(of: planned))
        next = planned
      }
      return scene.work(
        statements, answer: scene.answer(activity, next: next), before: present)
    })

  private static let cancel = Method(
    "activity.cancel", "What was planned is not to be done.",
    takes: [.required(CommonMembers.id), .optional(ActivityMembers.comment)],
    gives: Activity.schema, errors: [.notFound], traits: .versioned,
    .write(.member) { call in
      let (scene, present) = try await ActivityScene.planned(call)
      var activity = present
      activity.finish(.cancelled, call.arguments[optional: ActivityMembers.comment], at: nil)
      return scene.work(
        [scene.change(to: activity)], answer: scene.answer(activity), before: present)
    })

  // MARK: - Buttons

  private static let missedCall = Method(
    "activity.missed_call",
    "Nobody answered a call: it is done as missed, and the next one is planned.",
    details:
      "The nearest planned call of the card is the one that was tried; without one a call is recorded. The "
      + "card stays in its stage. It tells of the company's status for missed calls from now, where there is "
      + "one, unless `last_contact` names another one or is null.",
    takes: [
      .required(ActivityMembers.card), .optional(ActivityMembers.retry),
      .clearable(CardMembers.lastContact),
    ],
    gives: Activity.schemaWithNext, errors: [.notFound, .invalid],
    .write(.member) { call in
      let hours: Int64 = 2
      let retry = call.arguments[optional: ActivityMembers.retry]
      if let retry { try requireFuture(retry, ActivityMembers.retry.name, call) }
      return try await tried(
        "missed", next: retry ?? call.now.adding(seconds: hours * 3600), meaning: .missed, call)
    })

  private static let callBack = Method(
    "activity.call_back",
    "The client wants to be called later: the call is done, and the next one is planned.",
    details: "As `activity.missed_call`, and what came in on the card is answered.",
    takes: [
      .required(ActivityMembers.card), .required(ActivityMembers.callAt),
      .clearable(CardMembers.lastContact),
    ],
    gives: Activity.schemaWithNext, errors: [.notFound, .invalid],
    .write(.member) { call in
      let moment = call.arguments[ActivityMembers.callAt]
      try requireFuture(moment, ActivityMembers.callAt.name, call)
      return try await tried("call_back", next: moment, meaning: .callBack, call)
    })

  /// Refuses a next call before now: nobody could still make it in time.
  private static func requireFuture(
    _ moment: Timestamp, _ name: String, _ call: TenantCall
  ) throws(RPCError) {
    guard moment < call.now else { return }
    throw .invalid([FieldProblem(path: name, problem: "is over; it has to be now or later")])
  }

  /// A call that came to nothing yet, and the next one, in one step.
  private static func tried(
    _ outcome: String, next moment: Timestamp, meaning: ContactMeaning, _ call: TenantCall
  ) async throws -> Work {
    let scene = try await ActivityScene.ofCard(call)
    try scene.requireWork()
    let rows = try await call.read(
      ActivityStatements.plannedCall(call.tenantParameter, .integer(scene.card)))
    let present = try rows[0].first.map(Activity.init)
    var activity: Activity
    var statements: [BoundStatement]
    if let present {
      activity = present
      activity.finish(.done, outcome, at: call.now)
      statements = [scene.change(to: activity)]
    } else {
      activity = try await scene.make(.call, nil, done: call.now, outcome: outcome)
      statements = [scene.insertion(of: activity)]
    }
    let next = try await scene.make(
      .call, activity.subject, due: moment, named: activity.named, ownType: activity.ownType)
    statements += [scene.touch(at: call.now), scene.insertion(of: next)]
    if meaning == .callBack { statements.append(scene.answering) }
    statements += scene.contact(try lastContact(meaning, call), by: activity)
    return scene.work(
      statements, answer: scene.answer(activity, next: next), before: present)
  }

  /// The status that is named, or the company's of this meaning.
  private static func lastContact(
    _ meaning: ContactMeaning, _ call: TenantCall
  ) throws(RPCError) -> LastContact? {
    switch call.arguments.change(CardMembers.lastContact) {
    case .unchanged: try call.lastContact(call.company.contactStatus(meaning: meaning)?.id)
    case .clear: nil
    case .set(let status): try call.lastContact(status)
    }
  }

  private static let recordIncoming = Method(
    "activity.record_incoming", "The client turned to the company, by a call or a message.",
    details:
      "It waits for an answer until an outgoing activity is done on the card, unless it was answered at once.",
    takes: [
      .required(ActivityMembers.card), .optional(ActivityMembers.type),
      .optional(ActivityMembers.ownType), .optional(ActivityMembers.subject),
      .optional(ActivityMembers.cameAt),
      .optional(ActivityMembers.answered), .optional(CardMembers.lastContact),
    ], gives: Activity.schema, errors: [.notFound, .invalid],
    .write(.member) { call in
      let scene = try await ActivityScene.ofCard(call)
      try scene.requireWork()
      let at = call.arguments[optional: ActivityMembers.cameAt] ?? call.now
      guard at <= call.now else {
        throw RPCError.invalid([FieldProblem(path: "at", problem: "is still to come")])
      }
      let type = try ChosenActivityType(call.arguments, call)
      var activity = try await scene.make(
        type.kind, call.arguments[optional: ActivityMembers.subject],
        direction: .incoming, done: at, ownType: type.own)
      if call.arguments[optional: ActivityMembers.answered] == true { activity.answeredAt = at }
      return scene.work(
        [scene.insertion(of: activity), scene.touch(at: at)]
          + scene.contact(
            try call.lastContact(call.arguments[optional: CardMembers.lastContact], at: at),
            by: activity), answer: scene.answer(activity), plans: false)
    })
}

extension Activity {
  /// It becomes what a request names, if it names anything.
  fileprivate mutating func retype(_ call: TenantCall) throws(RPCError) {
    let kind = call.arguments[optional: ActivityMembers.type]
    switch call.arguments.change(ActivityMembers.ownType) {
    case .set(let id):
      // The one that it is already may have been put away meanwhile.
      guard id != ownType || kind != nil else { return }
      let type = try ChosenActivityType(own: id, kind, call)
      (self.kind, ownType) = (type.kind, type.own)
    case .clear:
      (self.kind, ownType) = (kind ?? self.kind, nil)
    case .unchanged:
      guard let kind, kind != self.kind else { return }
      (self.kind, ownType) = (kind, nil)
    }
  }

  /// It is planned no longer; a text in which nothing is to be seen is none.
  fileprivate mutating func finish(_ state: State, _ outcome: String?, at moment: Timestamp?) {
    self.state = state
    self.outcome = outcome.flatMap { PlainText.isVisible($0) ? $0 : nil }
    doneAt = moment
    version += 1
  }
}
