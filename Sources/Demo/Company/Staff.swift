internal import SalesRules

/// The people of a generated company.
struct Staff: Sendable {
  let admin: Colleague
  let contractor: Colleague
  let firstLine: [FirstLiner]
  /// By the direction's code; the lead stands last.
  let sellers: [String: [Seller]]

  /// Everybody, the admin first.
  let everybody: [Colleague]

  init(_ settings: FurnitureSettings, _ words: Vocabulary, _ plan: CompanyPlan) {
    var names = StaffNames(words, seed: settings.seed)
    let admin = Colleague(
      name: words.admin.surname.after(words.admin.name),
      email: "\(words.admin.name.latin)@\(words.slug).example", position: .admin)
    var everybody = [admin]
    var random = RandomSource(seed: settings.seed, "staff")

    let front = (0..<settings.firstLinePeople).map { index in
      names.colleague(
        index == 0 ? .lead(team: plan.firstLineTeam) : .member(team: plan.firstLineTeam))
    }
    everybody += front
    firstLine = front.enumerated().map { index, colleague in
      FirstLiner(
        colleague: colleague, answersWithin: [420, 1100, 2600][index % 3],
        readiness: 0.92 + 0.16 * random.unit())
    }

    var sellers: [String: [Seller]] = [:]
    for direction in plan.directions {
      let lead = names.colleague(.lead(team: direction.team))
      let members = (0..<settings.sellersPerTeam).map { _ in
        names.colleague(.member(team: direction.team))
      }
      everybody += [lead] + members
      let places = random.shuffled(Array(members.indices))
      let team = zip(members, places).map { colleague, place in
        Self.seller(colleague, rank: (Double(place) + 0.5) / Double(members.count), &random)
      }
      sellers[direction.code] = team + [Self.seller(lead, rank: 0.9, &random)]
    }
    self.sellers = sellers

    contractor = names.colleague(.contractor, at: "marketing.example")
    everybody.append(contractor)
    self.admin = admin
    self.everybody = everybody
  }

  /// Somebody's ways, by their rank among their colleagues from 0 to 1: the weak ones also let things lie.
  private static func seller(
    _ colleague: Colleague, rank: Double, _ random: inout RandomSource
  ) -> Seller {
    Seller(
      colleague: colleague, skill: 0.6 + 1.1 * rank, slowness: 0.8 + 0.5 * random.unit(),
      neglect: 0.006 + 0.04 * (1 - rank))
  }
}
