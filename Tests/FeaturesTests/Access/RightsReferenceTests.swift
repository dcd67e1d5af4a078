internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@testable internal import Features

/// The database's definition of rights against the plain one of SalesRules, on made-up companies.
@Suite("Rights by the database and by the book")
struct RightsReferenceTests {
  private struct Scene {
    var users: [(id: Int64, client: TestClient)] = []
    var teams: [Team] = []
    var grants: [Grant] = []
    var cards: [(id: Int64, card: RightsCard)] = []
  }

  @Test(
    "Members see, list and hold exactly what the rule gives them, whatever teams and grants there are",
    arguments: [1, 2, 3, 5, 6] as [UInt64])
  func sameAnswers(_ seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let company = try await TestInstallation.make().company(template: "first_line_and_seniors")
    let scene = try await make(company, using: &random)
    let dispatcher = company.installation.dispatcher
    let entry = try #require(try await dispatcher.services.directory.entry(company.id))
    var seen: Set<Set<Int64>> = []
    for user in scene.users {
      let rights = Rights(
        person: Person(id: user.id, role: .member), grants: scene.grants, teams: scene.teams)
      let expected = Set(scene.cards.filter { rights.allows(.view, on: $0.card) }.map(\.id))
      seen.insert(expected)
      let deals = try await user.client.all("deal.list", ["limit": 100])
      let leads = try await user.client.all("lead.list", ["limit": 100])
      #expect(Set((deals + leads).compactMap { $0["id"]?.int64 }) == expected)

      let standing = try #require(
        try await dispatcher.services.directory.standing(of: user.id, in: entry))
      for pipeline in try await company.pipelines() {
        #expect(
          Set(standing.actions(onPipeline: pipeline)) == rights.actions(onPipeline: pipeline))
      }
      for (_, card) in scene.cards {
        for action in Action.allCases where !action.concernsPipeline {
          let isHeld = standing.sees(card) && standing.holds(action, on: card)
          #expect(isHeld == rights.allows(action, on: card))
        }
      }
    }
    // The company is no trivial one: its members see different parts of it.
    #expect(seen.count > 2)
  }

  private func make(
    _ company: TestCompany, using random: inout SeededRandom
  ) async throws -> Scene {
    var scene = Scene()
    for grant in try await company.owner.call("grant.list").ids {
      try await company.owner.call("grant.revoke", ["id": .integer(grant)])
    }
    for number in 0..<6 {
      scene.users.append(try await company.user("user\(number)"))
    }
    for number in 0..<5 {
      let parent = Bool.random(using: &random) ? scene.teams.randomElement(using: &random)?.id : nil
      var team = Team(id: try await company.team("team\(number)", parent: parent), parent: parent)
      for user in scene.users where Int.random(in: 0..<3, using: &random) == 0 {
        let leads = Int.random(in: 0..<4, using: &random) == 0
        try await company.owner.call(
          "team.set_lead",
          ["team": .integer(team.id), "user": .integer(user.id), "lead": .bool(leads)])
        try await company.owner.call(
          "team.add_member", ["team": .integer(team.id), "user": .integer(user.id)])
        team.members.insert(user.id)
        if leads { team.leads.insert(user.id) }
      }
      scene.teams.append(team)
    }
    try await give(company, &scene, using: &random)
    let pipelines = try await company.pipelines()
    let people = scene.users.map { Optional($0.id) } + [nil, 1]
    for number in 0..<150 {
      let card = RightsCard(
        pipeline: pipelines[Int.random(in: 0..<pipelines.count, using: &random)],
        responsible: people[Int.random(in: 0..<people.count, using: &random)],
        outcome: Outcome.allCases[Int.random(in: 0..<3, using: &random)])
      scene.cards.append((Int64(1000 + number), card))
    }
    try await company.insertCards(scene.cards)
    return scene
  }

  private func give(
    _ company: TestCompany, _ scene: inout Scene, using random: inout SeededRandom
  ) async throws {
    for pipeline in try await company.pipelines() {
      var recipients: [GrantRecipient] = [.everyone]
      recipients += scene.users.map { .user($0.id) }
      recipients += scene.teams.map { .team($0.id) }
      for recipient in recipients where Int.random(in: 0..<3, using: &random) == 0 {
        var actions = Set(Action.allCases.filter { _ in Bool.random(using: &random) })
        if actions.isEmpty { actions = [.view] }
        let cards = CardScope.allCases[Int.random(in: 0..<4, using: &random)]
        let outcome = OutcomeScope.allCases[Int.random(in: 0..<4, using: &random)]
        let subject: JSON =
          switch recipient {
          case .user(let id): ["user": .integer(id)]
          case .team(let id): ["team": .integer(id)]
          case .everyone: ["everyone": true]
          }
        let id = try await company.give(
          Array(actions), on: pipeline, to: subject, cards: cards, outcome: outcome)
        scene.grants.append(
          Grant(
            id: id, pipeline: pipeline, recipient: recipient, actions: actions, cards: cards,
            outcome: outcome))
      }
    }
  }
}
