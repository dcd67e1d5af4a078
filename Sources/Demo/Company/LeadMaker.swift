internal import SalesRules

/// Tells what became of one request in the hands of the first line.
struct LeadMaker {
  /// A lead that was passed on.
  struct Handover {
    let direction: CompanyPlan.Direction
    let at: Timestamp
    let by: String
  }

  /// What is known of a request when it comes.
  struct Request {
    let number: Int
    let at: Timestamp
    let source: RequestSource
    let client: Client
    let item: CatalogueItem
  }

  let plan: CompanyPlan
  let words: Vocabulary
  let language: Language
  let week: WorkWeek
  let end: Timestamp

  /// The lead, and its handing over if that happened before the history ends.
  func lead(
    _ request: Request, by person: FirstLiner, mayConvert: Bool, _ random: inout RandomSource
  ) -> (card: GeneratedCard, handover: Handover?) {
    let email = person.colleague.email
    let stages = plan.leads.openStages
    var story = Story(end: end)
    story.enter(stages[0].name, at: request.at, by: nil)

    if random.chance(0.03) {
      // Forgotten, until the team's lead finds it.
      let found = request.at.adding(seconds: 86_400 * Int64(random.within(20...40)))
      close(&story, .dropped, at: week.moment(atOrAfter: found, &random), by: email, &random)
      return (card(request, story, responsible: nil), nil)
    }
    let wait = Int64(person.answersWithin * Spread.time.factor(&random))
    let answered = week.moment(atOrAfter: request.at.adding(seconds: max(60, wait)), &random)
    if random.chance(0.1) {
      let reason = random.pick(CardReason.ofInvalidLeads, weight: \.weight).reason
      close(&story, reason, at: answered, by: email, &random)
      return (card(request, story, responsible: email), nil)
    }
    if stages.count > 1 { story.enter(stages[1].name, at: answered, by: email) }

    // Some are asked to send sizes, or to talk it over at home.
    let patience: Double = random.chance(0.22) ? 86_400 * 5 : 7200
    guard mayConvert, random.chance(request.source.qualifies * person.readiness),
      let direction = plan.directions.first(where: { $0.code == request.item.direction })
    else {
      let stay = Int64(max(patience, 86_400) * Spread.time.factor(&random))
      let decided = week.moment(atOrAfter: answered.adding(seconds: max(600, stay)), &random)
      let reason = random.pick(CardReason.ofLeads, weight: \.weight).reason
      close(&story, reason, at: decided, by: email, &random)
      return (card(request, story, responsible: email), nil)
    }
    let stay = Int64(patience * Spread.time.factor(&random))
    let decided = week.moment(atOrAfter: answered.adding(seconds: max(300, stay)), &random)
    let passedOn = decided.adding(seconds: 1 + Int64(random.below(4)))
    // Nobody is left standing in a stage that passes on.
    if let transfer = direction.transferStage, passedOn < story.end {
      story.enter(transfer, at: decided, by: email)
    }
    story.close(plan.leads.name(of: .won), .won, at: passedOn, by: email)
    let handover =
      story.outcome == .won
      ? Handover(direction: direction, at: passedOn, by: email) : nil
    return (card(request, story, responsible: email), handover)
  }

  private func close(
    _ story: inout Story, _ reason: CardReason, at moment: Timestamp, by email: String,
    _ random: inout RandomSource
  ) {
    story.close(
      plan.leads.name(of: .lost), .lost, at: moment, by: email, reason: reason.name(language),
      comment: words.comment(reason, &random))
  }

  private func card(_ request: Request, _ story: Story, responsible: String?) -> GeneratedCard {
    // Whoever has not moved it yet has not taken it either.
    let isTaken = story.events.contains { $0.by != nil }
    return GeneratedCard(
      externalID: "L-\(padded(request.number + 1, 5))", kind: .lead,
      title: "\(request.item.name): \(request.client.title)", amount: nil,
      company: request.client.company?.externalID, responsible: isTaken ? responsible : nil,
      product: nil, client: request.client, source: words.source(request.source),
      events: story.events, outcome: story.outcome, reason: story.reason, comment: story.comment)
  }
}
