internal import JSON
internal import SalesRules
internal import TestSupport

@testable internal import Features

/// A company with people, teams, leads, grants and cards by chance, and the same as the plain rule sees it.
struct RandomRights {
  let company: TestCompany
  let pipelines: [Int64]
  let stages: [Int64: [(id: Int64, kind: String)]]
  var users: [(id: Int64, client: TestClient)] = []
  var plain = PlainRights()
  var cards: [PlainRights.Placed] = []

  static func make(seed: UInt64, rareWordPlaces: Int64 = 3000) async throws -> RandomRights {
    var random = SeededRandom(seed: seed)
    var configuration = FeaturesConfiguration(
      serverVersion: TestInstallation.serverVersion, passwordCost: .least)
    configuration.rareWordPlaces = rareWordPlaces
    let company = try await TestInstallation.make(configuration: configuration).company(
      template: "first_line_and_seniors")
    for grant in try await company.owner.call("grant.list").ids {
      try await company.owner.call("grant.revoke", ["id": .integer(grant)])
    }
    var stages: [Int64: [(id: Int64, kind: String)]] = [:]
    for pipeline in try await company.owner.call("pipeline.list").items {
      stages[pipeline.id] = (pipeline["stages"]?.array ?? []).map {
        ($0.id, $0["kind"]?.string ?? "")
      }
    }
    var scene = RandomRights(
      company: company, pipelines: try await company.pipelines(), stages: stages)
    for number in 0..<6 { scene.users.append(try await company.user("user\(number)")) }
    try await scene.makeTeams(using: &random)
    try await scene.makeGrants(using: &random)
    try await scene.makeCards(using: &random)
    return scene
  }

  private mutating func makeTeams(using random: inout SeededRandom) async throws {
    for number in 0..<5 {
      let parent =
        Bool.random(using: &random) ? plain.groups.randomElement(using: &random)?.id : nil
      var group = PlainRights.Group(
        id: try await company.team("team\(number)", parent: parent), parent: parent)
      for user in users where Int.random(in: 0..<3, using: &random) == 0 {
        let leads = Int.random(in: 0..<3, using: &random) == 0
        try await company.owner.call(
          "team.add_member", ["team": .integer(group.id), "user": .integer(user.id)])
        group.members.insert(user.id)
        guard leads else { continue }
        try await company.owner.call(
          "team.set_lead",
          ["team": .integer(group.id), "user": .integer(user.id), "lead": true])
        group.leads.insert(user.id)
      }
      plain.groups.append(group)
    }
  }

  private mutating func makeGrants(using random: inout SeededRandom) async throws {
    for pipeline in pipelines {
      for subject in subjects where Int.random(in: 0..<3, using: &random) == 0 {
        let grant = anyGrant(on: pipeline, to: subject, using: &random)
        let given = try await company.owner.call("grant.give", grant)
        plain.given.append(PlainRights.Given(given))
      }
    }
  }

  private var subjects: [JSON] {
    [["everyone": true]] + users.map { ["user": .integer($0.id)] }
      + plain.groups.map { ["team": .integer($0.id)] }
  }

  private func anyGrant(
    on pipeline: Int64, to subject: JSON, using random: inout SeededRandom
  ) -> JSONObject {
    var actions = Action.allCases.filter { _ in Bool.random(using: &random) }
    if actions.isEmpty { actions = [.view] }
    let outcome = OutcomeScope.allCases[Int.random(in: 0..<4, using: &random)].rawValue
    var grant: JSONObject = [
      "pipeline": .integer(pipeline), "to": subject,
      "actions": .array(actions.map { .string($0.rawValue) }),
      "cards": .string(CardScope.allCases[Int.random(in: 0..<4, using: &random)].rawValue),
      "outcome": .string(outcome),
    ]
    let fitting = (stages[pipeline] ?? []).filter { outcome == "any" || $0.kind == outcome }
    if Bool.random(using: &random), !fitting.isEmpty {
      let some = fitting.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random))
      grant["stages"] = .array(some.map { .integer($0.id) })
    }
    return grant
  }

  private mutating func makeCards(using random: inout SeededRandom) async throws {
    let people = users.map { Optional($0.id) } + [nil, 1]
    for number in 0..<150 {
      let pipeline = pipelines[Int.random(in: 0..<pipelines.count, using: &random)]
      guard let stage = stages[pipeline]?.randomElement(using: &random) else { continue }
      cards.append(
        PlainRights.Placed(
          id: Int64(1000 + number), pipeline: pipeline, stage: stage.id,
          responsible: people[Int.random(in: 0..<people.count, using: &random)],
          outcome: stage.kind))
    }
    try await company.insertCards(cards.map { ($0.id, $0.rightsCard) })
  }

  // MARK: - What is seen

  /// The cards that somebody is listed.
  func listed(by client: TestClient) async throws -> Set<Int64> {
    let deals = try await client.all("deal.list", ["limit": 100])
    let leads = try await client.all("lead.list", ["limit": 100])
    return Set((deals + leads).map(\.id))
  }

  /// What everybody is listed.
  func sights() async throws -> [Int64: Set<Int64>] {
    var sights: [Int64: Set<Int64>] = [:]
    for user in users { sights[user.id] = try await listed(by: user.client) }
    return sights
  }

  /// Cards counted by pipeline.
  func counted(_ ids: Set<Int64>) -> [Int64: Int64] {
    cards.filter { ids.contains($0.id) }.reduce(into: [:]) { $0[$1.pipeline, default: 0] += 1 }
  }

  /// A change as access.preview is asked about it, and the method that makes it.
  func anyChange(
    using random: inout SeededRandom
  ) throws -> (preview: JSONObject, method: String, parameters: JSONObject) {
    let member: JSONObject = [
      "team": .integer(plain.groups[Int.random(in: 0..<5, using: &random)].id),
      "user": .integer(users[Int.random(in: 0..<6, using: &random)].id),
    ]
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return (["add_member": .object(member)], "team.add_member", member)
    case 1: return (["remove_member": .object(member)], "team.remove_member", member)
    default:
      let grant = anyGrant(
        on: pipelines[Int.random(in: 0..<pipelines.count, using: &random)],
        to: subjects[Int.random(in: 0..<subjects.count, using: &random)], using: &random)
      return (["give": .object(grant)], "grant.give", grant)
    }
  }
}

extension PlainRights.Placed {
  /// As the server's rules see it.
  var rightsCard: RightsCard {
    RightsCard(
      pipeline: pipeline, stage: stage, responsible: responsible,
      outcome: Outcome(rawValue: outcome) ?? .open)
  }
}

extension PlainRights.Given {
  /// A grant as grant.give answers or takes it.
  init(_ json: JSON) {
    let to: (String, Int64) =
      if let user = json["to"]?["user"]?.int64 {
        ("user", user)
      } else if let team = json["to"]?["team"]?
        .int64
      { ("team", team) } else { ("everyone", 0) }
    self.init(
      id: json["id"]?.int64 ?? 0, pipeline: json["pipeline"]?.int64 ?? 0, to: to,
      actions: Set((json["actions"]?.array ?? []).compactMap(\.string)),
      cards: json["cards"]?.string ?? "own", outcome: json["outcome"]?.string ?? "any",
      stages: json["stages"]?.array.map { Set($0.compactMap(\.int64)) })
  }
}

extension PlainRights {
  /// A grant in the place of the one to the same user.
  mutating func give(_ json: JSON, to user: Int64) {
    let grant = Given(json)
    given.removeAll { $0.pipeline == grant.pipeline && $0.to == ("user", user) }
    given.append(grant)
  }
}
