internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `activity.my_day`: what somebody has to do, most urgent first (S2, S4).
enum MyDay {
  private static let card = Schema.object(
    [
      "id": .identifier, "kind": .choice(["lead", "deal"]), "title": .string,
      "pipeline": .identifier, "stage": .identifier, "responsible": Schema.identifier.nullable,
      "touched_at": .timestamp, "payment_due": .date,
    ],
    required: ["id", "kind", "title", "pipeline", "stage", "responsible", "touched_at"])

  private static func part(of activity: Bool) -> Schema {
    let item = Schema.object(
      properties: [("card", card)] + (activity ? [("activity", Activity.schema)] : []),
      required: ["card"] + (activity ? ["activity"] : []), isClosed: false)
    return .object(["items": .array(of: item), "count": .integer], required: ["items", "count"])
  }

  static let method = Method(
    "activity.my_day",
    "What somebody has to do: overdue, today's, incoming without an answer, neglected cards, and nobody's.",
    details:
      "`overdue` was due before now; `today` is due later on the day, by the company's time zone; "
      + "`incoming` came in on one's cards and was not answered; `neglected` are one's open cards for which "
      + "nothing is planned and which are not paused, the longest untouched first; `unassigned` are the open cards "
      + "which are nobody's, as far as one may assign them. In each part those stand in front whose card has an "
      + "open invoice, by the day it is due (`payment_due`). `count` says how many there are in all. As far as "
      + "the caller sees the cards.",
    takes: [
      .optional(ActivityMembers.date), .optional(ActivityMembers.user),
      .optional(ActivityMembers.limit),
    ],
    gives: .object(
      [
        "date": .date, "user": .identifier, "overdue": part(of: true), "today": part(of: true),
        "incoming": part(of: true), "neglected": part(of: false), "unassigned": part(of: false),
      ], required: ["date", "user", "overdue", "today", "incoming", "neglected", "unassigned"]),
    errors: [.notFound],
    .read(.member) { call in
      let user = call.arguments[optional: ActivityMembers.user] ?? call.standing.user
      try await requireSight(of: user, call)
      let bounds = try await call.read(
        MyDayStatements.bounds(
          call.tenantParameter,
          .string(call.arguments[optional: ActivityMembers.date]?.description),
          .text(call.company.timezone), .timestamp(call.now)))[0][0]
      let key: [Parameter] = [call.tenantParameter, .integer(user)]
      let most = Parameter.integer(call.arguments[optional: ActivityMembers.limit] ?? 100)
      let (begins, ends) = (try bounds.timestamp(1), try bounds.timestamp(2))
      let parts = try await call.read([
        MyDayStatements.planned.bind(
          key + [.timestamp(.earliest), .timestamp(call.now), most]),
        MyDayStatements.planned.bind(
          key + [.timestamp(max(call.now, begins)), .timestamp(ends), most]),
        MyDayStatements.unanswered.bind(key + [most]),
        MyDayStatements.neglected.bind(key + [most, .timestamp(call.now)]),
        MyDayStatements.unassigned(
          call.tenantParameter, .integers(try await stagesToAssign(of: user, call)), most),
      ])
      return try RawJSON {
        try $0.object {
          $0.member("date", try bounds.string(0))
          $0.member("user", user)
          for (name, rows) in zip(["overdue", "today", "incoming"] as [StaticString], parts) {
            try $0.member(name) { try write(rows, activitiesAt: call.now, to: &$0) }
          }
          for (name, rows) in zip(["neglected", "unassigned"] as [StaticString], parts[3...]) {
            try $0.member(name) { try write(rows, activitiesAt: nil, to: &$0) }
          }
        }
      }
    })

  private static func requireSight(of user: Int64, _ call: TenantCall) async throws {
    guard user != call.standing.user else { return }
    try await UserSight.require(user, call)
    guard try await AccessScene(reading: call).manages(user: user) else {
      throw RPCError.forbidden(
        needs: "admin", "Only an admin, or a lead of theirs, may ask about others.")
    }
  }

  /// The stages in which somebody may give an open card to a person that is nobody's: whose it is to see to it.
  private static func stagesToAssign(of user: Int64, _ call: TenantCall) async throws -> [Int64] {
    let standing =
      user == call.standing.user ? call.standing : try await call.standing(of: user)
    guard let standing else { return [] }
    return call.company.pipelines.flatMap { pipeline in
      pipeline.stages.filter { stage in
        let place = RightsCard(
          pipeline: pipeline.id, stage: stage.id, responsible: nil, outcome: .open)
        return stage.kind == .open && standing.holds(.assign, on: place)
      }.map(\.id)
    }
  }

  /// The items of a part, and how many there are.
  private static func write(
    _ rows: Rows, activitiesAt now: Timestamp?, to writer: inout JSONWriter
  ) throws {
    let card = now == nil ? 0 : ActivityStatements.width
    writer.name("items")
    try writer.array {
      for row in rows {
        try $0.object {
          if let now {
            let activity = try Activity(row)
            let responsible = try row.integerIfPresent(card + 5)
            $0.member("activity") {
              activity.writeMembers(to: &$0, cardsResponsible: responsible, at: now)
            }
          }
          try $0.member("card") { try write(cardOf: row, from: card, to: &$0) }
        }
      }
    }
    writer.member("count", try rows.first?.integer(card + 8) ?? 0)
  }

  private static func write(
    cardOf row: Row, from column: Int, to writer: inout JSONWriter
  ) throws {
    writer.member("id", try row.integer(column))
    writer.member("kind", try row.string(column + 1))
    writer.member("title", try row.string(column + 2))
    writer.member("pipeline", try row.integer(column + 3))
    writer.member("stage", try row.integer(column + 4))
    writer.member("responsible", try row.integerIfPresent(column + 5))
    writer.member("touched_at", try row.timestamp(column + 6))
    if let due = try row.stringIfPresent(column + 7) { writer.member("payment_due", due) }
  }
}
