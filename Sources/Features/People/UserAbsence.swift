internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `user.absence`: until when no rule gives somebody cards. A method of its own, so that the rest of a person
/// stays the admins' to change.
enum UserAbsence {
  static let until = Member<WireDate>.date(
    "absent_until",
    "The last day on which no rule gives them cards, by the company's calendar; null: they are there."
  )

  static let method = Method(
    "user.absence", "Says until when a person is away: oneself, or one of those whom one leads.",
    details:
      "Without id of oneself. Leads of a team say it of its people and of those of the teams below; owners and "
      + "admins of everybody.",
    takes: [.optional(CommonMembers.id), .clearable(until)],
    gives: .object(
      ["id": .identifier, "name": .string, "absent_until": Schema.date.nullable],
      required: ["id", "name", "absent_until"]),
    errors: [.notFound],
    .write(.member) { call in
      let id = call.arguments[optional: CommonMembers.id] ?? call.standing.user
      try await requireMaySay(of: id, call)
      let rows = try await call.read(UserStatements.get(call.tenantParameter, .integer(id)))
      guard let row = rows[0].first else { throw RPCError.notFound(what: "user") }
      let present = try User(row)
      var user = present
      user.absentUntil = day(call).applied(to: present.absentUntil)
      return Work.update(present, to: user, answer: answer) { user in
        // Nothing that is cached tells of it, and anybody may say it as often as they like.
        Work([user.update(call.tenantParameter)], answer: answer(user))
      }
    })

  /// What the request says of the day.
  static func day(_ call: TenantCall) -> Change<CalendarDate> {
    switch call.arguments.change(until) {
    case .unchanged: .unchanged
    case .clear: .clear
    case .set(let day):
      CalendarDate(year: day.year, month: day.month, day: day.day).map(Change.set) ?? .unchanged
    }
  }

  private static func answer(_ user: User) -> RawJSON {
    RawJSON {
      $0.object {
        $0.member("id", user.id)
        $0.member("name", user.name)
        $0.member("absent_until", user.absentUntil?.description)
      }
    }
  }

  private static func requireMaySay(of user: Int64, _ call: TenantCall) async throws {
    if user == call.standing.user || call.standing.holdsEverything { return }
    guard try await !AccessScene(reading: call).manages(user: user) else { return }
    try await UserSight.require(user, call)
    throw RPCError.forbidden(
      needs: "lead", "Only they themselves, a lead of their team or an admin may say so.")
  }
}
