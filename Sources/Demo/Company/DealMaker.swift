internal import SalesRules

/// Tells what became of one deal in the hands of a seller.
struct DealMaker {
  /// What is known of a deal when it begins.
  struct Beginning {
    let at: Timestamp
    /// Who made it: the first line that passed it on, or the seller.
    let by: String
    let source: RequestSource
    let client: Client
    let item: CatalogueItem
    let seller: Seller
  }

  let direction: CompanyPlan.Direction
  let words: Vocabulary
  let language: Language
  let week: WorkWeek
  let end: Timestamp
  private let stages: [LocalizedStage]
  private let habits: [StageHabits]

  init(
    _ direction: CompanyPlan.Direction, words: Vocabulary, language: Language, week: WorkWeek,
    end: Timestamp
  ) {
    self.direction = direction
    self.words = words
    self.language = language
    self.week = week
    self.end = end
    stages = direction.pipeline.openStages
    habits = stages.map { StageHabits.ofSales[$0.code] ?? .usual }
  }

  /// The deal, as far as it came before the history ends.
  func deal(
    _ beginning: Beginning, externalID: String, _ random: inout RandomSource
  ) -> GeneratedCard {
    let seller = beginning.seller
    let email = seller.colleague.email
    var story = Story(end: end)
    story.enter(stages[0].name, at: beginning.at, by: beginning.by)
    let ease = seller.skill * beginning.source.warmth
    var at = beginning.at
    var place = 0
    var hasQuotation = habits[0].knowsAmount
    var fellBack = false

    while story.outcome == .open, at < end {
      let habit = habits[place]
      if random.chance(seller.neglect) {
        let found = at.adding(seconds: 86_400 * Int64(random.within(50...160)))
        lose(&story, .dropped, at: week.moment(atOrAfter: found, &random), by: email, &random)
        break
      }
      let isLost = !random.chance(Self.probability(habit.advances, odds: ease))
      // It takes longer to give up than to go on.
      let days = habit.days * seller.slowness * (isLost ? 1.7 : 1)
      let stay = Int64(days * 86_400 * Spread.time.factor(&random))
      at = week.moment(atOrAfter: at.adding(seconds: max(900, stay)), &random)
      if isLost {
        let reasons = CardReason.ofDeals(hasQuotation: hasQuotation)
        let reason = random.pick(reasons, weight: \.weight).reason
        lose(&story, reason, at: at, by: email, &random)
        break
      }
      if !fellBack, let back = habit.fallsBack, random.chance(back.often),
        let target = stages.firstIndex(where: { $0.code == back.to })
      {
        place = target
        fellBack = true
      } else {
        place = next(after: place, &random)
      }
      if place == stages.count {
        let reason = random.pick(CardReason.wins)
        story.close(
          direction.pipeline.name(of: .won), .won, at: at, by: email,
          reason: reason.name(language), comment: words.comment(reason, &random))
      } else {
        story.enter(stages[place].name, at: at, by: email)
        if at < end, habits[place].knowsAmount { hasQuotation = true }
      }
    }
    let knowsAmount = hasQuotation || story.outcome == .won || random.chance(0.4)
    let amount = amount(beginning, &random)
    return GeneratedCard(
      externalID: externalID, kind: .deal,
      title: "\(beginning.item.name): \(beginning.client.title)",
      amount: knowsAmount ? amount : nil, company: beginning.client.company?.externalID,
      responsible: email, product: beginning.item.externalID, client: beginning.client,
      source: words.source(beginning.source), events: story.events, outcome: story.outcome,
      reason: story.reason, comment: story.comment)
  }

  /// The next stage that is not passed over; the count of stages where the deal is won.
  private func next(after place: Int, _ random: inout RandomSource) -> Int {
    var place = place + 1
    while place < stages.count {
      let skipped = habits[place].skipped[direction.code] ?? 0
      guard skipped > 0, random.chance(skipped) else { return place }
      place += 1
    }
    return place
  }

  private func lose(
    _ story: inout Story, _ reason: CardReason, at moment: Timestamp, by email: String,
    _ random: inout RandomSource
  ) {
    story.close(
      direction.pipeline.name(of: .lost), .lost, at: moment, by: email,
      reason: reason.name(language), comment: words.comment(reason, &random))
  }

  /// What it comes to, rounded as people round; companies order more.
  private func amount(_ beginning: Beginning, _ random: inout RandomSource) -> MoneyAmount? {
    let size = beginning.client.company == nil ? 1 : 2.2
    let price = Double(beginning.item.price.hundredths) / 100
    let steps = price * size * Spread.price.factor(&random) / Double(words.rounding)
    return MoneyAmount(hundredths: Int64(max(1, steps.rounded())) * Int64(words.rounding) * 100)
  }

  /// The probability whose odds are so many times those of the usual one.
  private static func probability(_ usual: Double, odds: Double) -> Double {
    usual * odds / (1 - usual + usual * odds)
  }
}
