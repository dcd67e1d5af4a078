internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `card.pause` and `card.resume`: a card's clocks stand still for a reason.
enum PauseMethods {
  static let all = [pause, resume]

  private static let until = DayOrMoment.member(
    "until",
    "When the pause is over: a moment, or a day, with whose beginning in the company's time zone it is."
  )

  private static let reason = Member<String>.text("reason", length: 1...500, "Why it is paused.")

  private static let pause = Method(
    "card.pause", "Stops the clocks of a lead or deal until a day, for a reason.",
    details:
      "How long it stands in its stage, lives, and was not touched does not go on until then, and it is not "
      + "among the neglected cards of `activity.my_day`. The pause is over by itself at `until`, which is at "
      + "most 366 days away, by `card.resume`, or when the card is closed; moving or editing the card does not "
      + "end it. Of a card that is paused already `until` and `reason` become these. Needs `edit` on the card.",
    takes: [.required(CommonMembers.id), .required(until), .required(reason)],
    gives: Shapes.cardReference, errors: [.notFound, .invalid, .stageRule], traits: .versioned,
    .write(.member) { call in
      let pausing = try await CardPausing(call)
      return try pausing.pause(
        until: try await moment(call.arguments[until], call), reason: call.arguments[reason])
    })

  private static let resume = Method(
    "card.resume", "Lets the clocks of a paused lead or deal run again.",
    details: "Of one that is not paused nothing changes. Needs `edit` on the card.",
    takes: [.required(CommonMembers.id)], gives: Shapes.cardReference, errors: [.notFound],
    traits: .versioned,
    .write(.member) { call in try await CardPausing(call).resume() })

  private static func moment(_ end: DayOrMoment, _ call: TenantCall) async throws -> Timestamp {
    switch end {
    case .moment(let moment): return moment
    case .day(let day):
      guard let date = CalendarDate(day.description), let today = call.now.utcDate,
        abs(date.daysSince1970 - today.daysSince1970) <= CardPausing.mostDays + 2
      else { throw CardPausing.refusal(isPast: day.description < call.now.description) }
      let rows = try await call.read(
        ClockStatements.day(
          call.tenantParameter, .text(day.description), .text(call.company.timezone)))
      return try rows[0][0].timestamp(0)
    }
  }
}
