internal import SalesRules

/// Lets a company work through its months: requests come, the first line passes some on, sellers sell.
struct CompanyMaker {
  let settings: FurnitureSettings
  let words: Vocabulary
  let staff: Staff
  let catalogue: [CatalogueItem]
  private(set) var clientele: Clientele
  private(set) var leads: [GeneratedCard] = []
  private(set) var deals: [String: [GeneratedCard]] = [:]

  private let plan: CompanyPlan
  private let year: SalesYear
  private let dealMakers: [String: DealMaker]
  private let leadMaker: LeadMaker
  private var beginnings: [(direction: String, beginning: DealMaker.Beginning)] = []
  /// How many deals each direction has given out.
  private var turns: [String: Int] = [:]

  init(_ settings: FurnitureSettings, today: CalendarDate) {
    let language = settings.language
    let words = Vocabulary.spoken(language)
    let plan = CompanyPlan(FurnitureCompany.template, language)
    let year = SalesYear(zone: words.zone, today: today, months: settings.months)
    let week = WorkWeek(
      zone: words.zone, hours: 32_400..<68_400, days: 5, holidays: words.holidays)
    self.settings = settings
    self.words = words
    self.plan = plan
    self.year = year
    staff = Staff(settings, words, plan)
    clientele = Clientele(words, settings: settings)
    catalogue = Self.catalogue(words, plan)
    // The first line works on Saturdays too, and longer.
    leadMaker = LeadMaker(
      plan: plan, words: words, language: language,
      week: WorkWeek(
        zone: words.zone, hours: 32_400..<72_000, days: 6, holidays: words.holidays),
      end: year.end)
    dealMakers = Dictionary(
      plan.directions.map { direction in
        (
          direction.code,
          DealMaker(direction, words: words, language: language, week: week, end: year.end)
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Makes all leads and all deals.
  mutating func work() {
    answerRequests()
    welcomeVisitors()
    sell()
  }

  private mutating func answerRequests() {
    var random = RandomSource(seed: settings.seed, "requests")
    let count = (settings.deals * 3 + 1) / 2
    let moments = year.requestMoments(count, &random)
    let requests = moments.map { moment -> (at: Timestamp, source: RequestSource) in
      let source = random.pick(RequestSource.leads, weight: \.share)
      guard source == .exhibition else { return (moment, source) }
      guard let atFair = year.fairMoment(&random) else { return (moment, .site) }
      return (atFair, source)
    }.sorted { $0.at < $1.at }

    for (number, request) in requests.enumerated() {
      var random = RandomSource(seed: settings.seed, "lead", number)
      let direction = random.pick(plan.directions, weight: { $0.code == "general" ? 0.58 : 0.42 })
      let client = clientele.next(&random)
      let item = item(of: direction.code, &random)
      let person = staff.firstLine[number % staff.firstLine.count]
      let (card, handover) = leadMaker.lead(
        LeadMaker.Request(
          number: number, at: request.at, source: request.source, client: client, item: item),
        by: person, mayConvert: beginnings.count < settings.deals, &random)
      leads.append(card)
      guard let handover else { continue }
      begin(
        handover.direction.code, at: handover.at, by: handover.by, source: request.source,
        client: client, item: item)
    }
  }

  /// Those who came to a seller directly make up the number of deals.
  private mutating func welcomeVisitors() {
    var random = RandomSource(seed: settings.seed, "visitors")
    let moments = year.requestMoments(max(0, settings.deals - beginnings.count), &random)
    let hours = WorkWeek(
      zone: words.zone, hours: 36_000..<68_400, days: 7, holidays: words.holidays)
    for moment in moments {
      let opening = hours.moment(atOrAfter: moment, &random)
      let direction = random.pick(plan.directions, weight: { $0.code == "general" ? 0.65 : 0.35 })
      let source = random.pick(RequestSource.direct, weight: \.share)
      let client = clientele.next(&random)
      let item = item(of: direction.code, &random)
      // The late visitor of the last evening is let in: the next opening is no history yet.
      begin(
        direction.code, at: opening < year.end ? opening : moment, by: nil, source: source,
        client: client, item: item)
    }
  }

  private mutating func begin(
    _ direction: String, at moment: Timestamp, by: String?, source: RequestSource, client: Client,
    item: CatalogueItem
  ) {
    guard let seller = nextSeller(direction) else { return }
    beginnings.append(
      (
        direction,
        DealMaker.Beginning(
          at: moment, by: by ?? seller.colleague.email, source: source, client: client, item: item,
          seller: seller)
      ))
  }

  /// Deals go round the team (S1); its lead takes one where the others take three each.
  private mutating func nextSeller(_ direction: String) -> Seller? {
    guard let team = staff.sellers[direction], let lead = team.last else { return nil }
    let sellers = team.dropLast()
    let turn = turns[direction, default: 0] % (sellers.count * 3 + 1)
    turns[direction, default: 0] += 1
    return turn == sellers.count * 3 ? lead : sellers[turn % sellers.count]
  }

  private mutating func sell() {
    let inOrder = beginnings.enumerated().sorted { left, right in
      (left.element.beginning.at, left.offset) < (right.element.beginning.at, right.offset)
    }
    for (number, entry) in inOrder.enumerated() {
      let (direction, beginning) = entry.element
      guard let maker = dealMakers[direction] else { continue }
      var random = RandomSource(seed: settings.seed, "deal", number)
      deals[direction, default: []].append(
        maker.deal(beginning, externalID: "D-\(padded(number + 1, 5))", &random))
    }
  }

  private func item(of direction: String, _ random: inout RandomSource) -> CatalogueItem {
    random.pick(catalogue.filter { $0.direction == direction }, weight: \.share)
  }

  private static func catalogue(_ words: Vocabulary, _ plan: CompanyPlan) -> [CatalogueItem] {
    let articles = plan.directions.flatMap { direction in
      (words.articles[direction.code] ?? []).map { (direction.code, $0) }
    }
    return articles.enumerated().map { index, entry in
      CatalogueItem(
        externalID: "P-\(padded(index + 1, 2))", name: entry.1.name,
        price: MoneyAmount(hundredths: Int64(entry.1.price) * 100) ?? .zero, direction: entry.0,
        share: entry.1.share)
    }
  }
}
