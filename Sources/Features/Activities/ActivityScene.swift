internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A card that somebody does something for, and what they may do there.
struct ActivityScene {
  /// Whoever may change anything of a card plans and does what there is to do, as they write notes.
  private static let work: [Action] = [.edit, .move, .close, .assign]

  let card: Int64
  let place: RightsCard
  /// The lead of which the deal was made.
  private(set) var lead: Int64?
  private let call: TenantCall

  init(card: Int64, place: RightsCard, _ call: TenantCall) {
    self.card = card
    self.place = place
    self.call = call
  }

  /// The card that the params name; refuses who does not see it.
  static func ofCard(_ call: TenantCall) async throws -> ActivityScene {
    let id = call.arguments[ActivityMembers.card]
    let rows = try await call.read(ActivityStatements.card(call.tenantParameter, .integer(id)))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "card") }
    var scene = ActivityScene(card: id, place: try RightsCard(row), call)
    scene.lead = try row.integerIfPresent(4)
    return scene
  }

  /// The activity that the params name, with its card; refuses who does not see it.
  static func ofActivity(
    _ call: TenantCall
  ) async throws -> (scene: ActivityScene, activity: Activity) {
    let rows = try await call.read(
      ActivityStatements.get(
        call.tenantParameter, .integer(call.arguments[CommonMembers.id])))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "activity") }
    let activity = try Activity(row)
    return (ActivityScene(card: activity.card, place: try place(row), call), activity)
  }

  private static func place(_ row: Row) throws -> RightsCard {
    RightsCard(
      pipeline: try row.integer(ActivityStatements.width),
      stage: try row.integer(ActivityStatements.width + 1),
      responsible: try row.integerIfPresent(ActivityStatements.width + 2),
      outcome: try row.word(ActivityStatements.width + 3))
  }

  /// The activity that the params name, to be read: also one that was done for a lead, by who sees the deal that was
  /// made of it.
  static func read(_ call: TenantCall) async throws -> RawJSON {
    do {
      let (scene, activity) = try await ofActivity(call)
      return scene.answer(activity)
    } catch let error as RPCError {
      let rows = try await call.readAsServer(
        ActivityStatements.doneForLead(
          call.tenantParameter, .integer(call.arguments[CommonMembers.id])))
      guard let row = rows[0].first, call.standing.sees(try place(row)) else { throw error }
      let activity = try Activity(row)
      let responsible = try row.integerIfPresent(ActivityStatements.width + 5)
      return RawJSON {
        $0.object {
          activity.writeMembers(to: &$0, cardsResponsible: responsible, at: call.now)
        }
      }
    }
  }

  /// The card's activities on a page, and whose the card of each is. What was done for the lead of which a deal was
  /// made stays with the lead, where those find it who did it, and is read with the deal by whoever sees that (S1).
  func list(
    after: Int64?, fetch: Parameter, state: Activity.State?
  ) async throws -> [(activity: Activity, responsible: Int64?)] {
    let usual: [Parameter] = [
      call.tenantParameter, .integer(card), .integer(after), fetch, .string(state?.rawValue),
    ]
    guard let lead else {
      let rows = try await call.read(ActivityStatements.list.bind(usual))[0]
      return try Self.listed(rows) { _ in place.responsible }
    }
    let rows = try await call.readAsServer(
      ActivityStatements.listWithLead.bind(usual + [.integer(lead)]))[0]
    return try Self.listed(rows) { try $0.integerIfPresent(ActivityStatements.width) }
  }

  @inline(never)
  private static func listed(
    _ rows: Rows, responsible: (Row) throws -> Int64?
  ) throws -> [(activity: Activity, responsible: Int64?)] {
    try rows.map { (try Activity($0), try responsible($0)) }
  }

  /// The same, for one who is about to change it: it has to be planned.
  static func planned(
    _ call: TenantCall
  ) async throws -> (scene: ActivityScene, activity: Activity) {
    let (scene, activity) = try await ofActivity(call)
    try scene.requireWork()
    try call.requireVersion(activity.version)
    guard activity.state == .planned else {
      throw RPCError.conflict(
        "The activity is \(activity.state.rawValue) already. Plan another one.",
        version: activity.version)
    }
    return (scene, activity)
  }

  /// The right that the policies ask of the card.
  private var action: Action? {
    Self.work.first { call.standing.holds($0, on: place) }
  }

  /// Refuses who only looks.
  func requireWork() throws(RPCError) {
    guard action != nil else { throw .forbidden(needs: Action.edit.rawValue) }
  }

  /// Refuses who could not see the card, or is not there.
  func requireSight(_ user: Int64?) async throws {
    guard let user else { return }
    try await CardValues.requireSight(user, of: place, call)
  }

  // MARK: - What is written

  /// A new one, as yet only thought.
  func make(
    _ kind: Activity.Kind, _ subject: String?, direction: Activity.Direction = .outgoing,
    due: Timestamp? = nil, done: Timestamp? = nil, outcome: String? = nil, named: Int64? = nil,
    ownType: Int64? = nil
  ) async throws -> Activity {
    Activity(
      id: try await call.newID(.activity), card: card, kind: kind, subject: subject,
      direction: direction, state: done == nil ? .planned : .done, dueAt: due, doneAt: done,
      outcome: outcome, named: named, createdBy: call.standing.user, createdAt: call.now,
      version: 1, ownType: ownType)
  }

  func insertion(of activity: Activity) -> BoundStatement {
    ActivityStatements.insert(
      call.tenantParameter, .integer(activity.id), .integer(card), .text(activity.kind.rawValue),
      .string(activity.subject), .text(activity.direction.rawValue),
      .text(activity.state.rawValue), .timestamp(activity.dueAt), .timestamp(activity.doneAt),
      .string(activity.outcome), .timestamp(activity.answeredAt), .integer(activity.named),
      .integer(activity.createdBy), .timestamp(activity.createdAt), .integer(place.stage),
      .integer(place.responsible), .integer(activity.ownType))
  }

  /// What makes the activity what it is to be, whose version has moved already.
  func change(to activity: Activity) -> BoundStatement {
    ActivityStatements.update(
      call.tenantParameter, .integer(activity.id), .integer(activity.version - 1),
      .text(activity.kind.rawValue), .string(activity.subject), .text(activity.state.rawValue),
      .timestamp(activity.dueAt), .timestamp(activity.doneAt), .string(activity.outcome),
      .integer(activity.named), .integer(card), .integer(place.stage),
      .integer(place.responsible), .integer(activity.ownType))
  }

  /// The card was touched.
  func touch(at moment: Timestamp) -> BoundStatement {
    ActivityStatements.touch(call.tenantParameter, .integer(card), .timestamp(moment))
  }

  /// The card tells of this contact from now, as the activity left it; nothing where there is none.
  func contact(_ contact: LastContact?, by activity: Activity) -> [BoundStatement] {
    guard let contact else { return [] }
    return [
      ContactStatusStatements.mark(
        call.tenantParameter, .integer(card), .integer(contact.status), .timestamp(contact.at),
        .integer(call.standing.user), .integer(activity.id), .timestamp(call.now))
    ]
  }

  /// What came in is answered now.
  var answering: BoundStatement {
    ActivityStatements.answer(call.tenantParameter, .integer(card), .timestamp(call.now))
  }

  // MARK: - What is told

  /// The activity alone.
  func answer(_ activity: Activity) -> RawJSON {
    RawJSON { write(activity, to: &$0) }
  }

  func write(_ activity: Activity, to writer: inout JSONWriter) {
    write(activity, cardsResponsible: place.responsible, to: &writer)
  }

  func write(_ activity: Activity, cardsResponsible: Int64?, to writer: inout JSONWriter) {
    writer.object {
      activity.writeMembers(to: &$0, cardsResponsible: cardsResponsible, at: call.now)
    }
  }

  /// The activity with what was planned in the same step.
  func answer(_ activity: Activity, next: Activity?) -> RawJSON {
    RawJSON {
      $0.object {
        activity.writeMembers(to: &$0, cardsResponsible: place.responsible, at: call.now)
        $0.name("next")
        if let next { write(next, to: &$0) } else { $0.null() }
      }
    }
  }

  /// The decision.
  /// - Parameter plans: whether something planned came, went or changed, of which the card is to tell.
  func work(
    _ statements: [BoundStatement], answer: RawJSON, before: Activity? = nil, plans: Bool = true
  ) -> Work {
    let settling = ActivityStatements.settle(call.tenantParameter, .integers([card]))
    return Work(
      statements + (plans ? [settling] : []), answer: answer, before: before.map(self.answer),
      card: card, action: action,
      written: [card]
    ).seen(by: .at(place, card: card))
  }
}
