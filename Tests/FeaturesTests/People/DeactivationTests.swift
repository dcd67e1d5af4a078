internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("Deactivating a user")
struct DeactivationTests {
  private func company() async throws -> (TestCompany, pipelines: [Int64]) {
    let company = try await TestInstallation.make().company(template: "first_line_and_seniors")
    return (company, try await company.pipelines())
  }

  @Test("Open connections end at once, on every server, and the password lets in no more")
  func ends() async throws {
    let (company, _) = try await company()
    let boris = try await company.user("boris")
    let elsewhere = try await company.installation.anotherServer().login(
      "mebel", company.email("boris"))
    _ = try await elsewhere.call("auth.whoami")
    let answer = try await company.owner.call("user.deactivate", ["id": .integer(boris.id)])
    #expect(answer["state"] == "inactive")
    for client in [boris.client, elsewhere] {
      let refusal = try await client.refusal("auth.whoami")
      #expect(refusal?.kind == "unauthenticated")
    }
    #expect(try await company.loginRefusal("boris") == "unauthenticated")
    // The sessions stay ended when the user comes back.
    try await company.owner.call("user.reactivate", ["id": .integer(boris.id)])
    #expect(try await elsewhere.refusal("auth.whoami")?.kind == "unauthenticated")
  }

  @Test("Open cards are handed over in the same step, each with a row of history; closed ones stay")
  func handOver() async throws {
    let (company, pipelines) = try await company()
    let boris = try await company.user("boris")
    let vera = try await company.user("vera")
    try await company.give([.view], on: pipelines[1], to: ["user": .integer(vera.id)], cards: .own)
    let open = RightsCard(pipeline: pipelines[1], responsible: boris.id, outcome: .open)
    let lost = RightsCard(pipeline: pipelines[1], responsible: boris.id, outcome: .lost)
    try await company.insertCards([(900, open), (901, lost), (902, open)])
    let successor: JSON = ["user": .integer(vera.id)]
    let parameters: JSONObject = ["id": .integer(boris.id), "hand_over_to": successor]
    var dry = parameters
    dry["dry_run"] = true
    let preview = try await company.owner.call("user.deactivate", dry)
    #expect(preview["open_cards"] == 2)
    #expect(preview["state"] == "active")
    _ = try await boris.client.call("auth.whoami")

    let answer = try await company.owner.call("user.deactivate", parameters)
    #expect(answer["handed_over"] == 2)
    let mine = try await company.owner.call("deal.list", ["responsible": .integer(vera.id)])
    #expect(mine.ids == [902, 900])
    let left = try await company.owner.call("deal.list", ["responsible": .integer(boris.id)])
    #expect(left.ids == [901])
    #expect(try await vera.client.call("deal.list").ids == [902, 900])
    let history = try await company.owner.call("deal.history", ["id": 900])
    let last = history["items"]?.array?.last
    #expect(last?["change"] == "assigned")
    #expect(last?["version"] == 2)
    #expect(last?["user"] == 1)
    #expect(
      last?["details"] == ["from_user": .integer(boris.id), "to_user": .integer(vera.id)])
  }

  @Test("A successor has to be somebody else, active, and able to see the cards")
  func unfitSuccessors() async throws {
    let (company, pipelines) = try await company()
    let boris = try await company.user("boris")
    let vera = try await company.user("vera")
    let gone = try await company.user("gone", role: "admin")
    try await company.owner.call("user.deactivate", ["id": .integer(gone.id)])
    try await company.insertCards([
      (900, RightsCard(pipeline: pipelines[1], responsible: boris.id, outcome: .open))
    ])
    let attempt = { (successor: Int64) in
      try await company.owner.refusal(
        "user.deactivate",
        ["id": .integer(boris.id), "hand_over_to": ["user": .integer(successor)]])?.kind
    }
    #expect(try await attempt(boris.id) == "invalid")
    #expect(try await attempt(gone.id) == "invalid")
    #expect(try await attempt(vera.id) == "invalid")
    #expect(try await attempt(999) == "not_found")
    _ = try await boris.client.call("auth.whoami")
    try await company.give([.view], on: pipelines[1], to: ["user": .integer(vera.id)], cards: .own)
    #expect(try await attempt(vera.id) == nil)
  }

  @Test("Cards that were left with somebody who is gone can be handed over later")
  func later() async throws {
    let (company, pipelines) = try await company()
    let boris = try await company.user("boris")
    try await company.insertCards([
      (900, RightsCard(pipeline: pipelines[1], responsible: boris.id, outcome: .open))
    ])
    try await company.owner.call("user.deactivate", ["id": .integer(boris.id)])
    let answer = try await company.owner.call(
      "user.deactivate", ["id": .integer(boris.id), "hand_over_to": ["user": 1]])
    #expect(answer["handed_over"] == 1)
    #expect(try await company.owner.call("deal.list", ["responsible": 1]).ids == [900])
  }

  @Test("Handed to a team, cards are spread evenly over its active people who may see them")
  func handOverToTeam() async throws {
    let (company, pipelines) = try await company()
    let team = try await company.team("Общее")
    let boris = try await company.user("boris", teams: [team])
    var people: [Int64] = []
    for name in ["vera", "gleb", "dina"] {
      people.append(try await company.user(name, teams: [team]).id)
    }
    let gone = try await company.user("gone", teams: [team])
    try await company.owner.call("user.deactivate", ["id": .integer(gone.id)])
    try await company.give([.view], on: pipelines[1], to: ["team": .integer(team)], cards: .own)
    try await company.give(
      [.view], on: pipelines[2], to: ["user": .integer(people[0])], cards: .own)
    try await company.insertCards(
      (0..<7).map {
        (900 + $0, RightsCard(pipeline: pipelines[1], responsible: boris.id, outcome: .open))
      }
        + (0..<2).map {
          (950 + $0, RightsCard(pipeline: pipelines[2], responsible: boris.id, outcome: .open))
        })
    var parameters: JSONObject = [
      "id": .integer(boris.id), "hand_over_to": ["team": .integer(team)],
    ]
    let shares: JSON = .array(people.map { ["user": .integer($0), "cards": 3] })
    parameters["dry_run"] = true
    let preview = try await company.owner.call("user.deactivate", parameters)
    #expect(preview["open_cards"] == 9)
    #expect(preview["handed_over_to"] == shares)
    _ = try await boris.client.call("auth.whoami")
    parameters["dry_run"] = nil
    let answer = try await company.owner.call("user.deactivate", parameters)
    #expect(answer["handed_over"] == 9)
    #expect(answer["handed_over_to"] == shares)
    for person in people {
      let cards = try await company.owner.call("deal.list", ["responsible": .integer(person)])
      #expect(cards.items.count == 3)
      #expect(cards.ids.filter { $0 >= 950 }.count == (person == people[0] ? 2 : 0))
    }
    let left = try await company.owner.call("deal.list", ["responsible": .integer(boris.id)])
    #expect(left.ids == [])
    let history = try await company.owner.call("deal.history", ["id": 950])
    #expect(
      history.items.last?["details"]
        == ["from_user": .integer(boris.id), "to_user": .integer(people[0])])
  }

  @Test("A team of which nobody could see some of the cards is refused, naming the pipeline")
  func unfitTeam() async throws {
    let (company, pipelines) = try await company()
    let team = try await company.team("Общее")
    let boris = try await company.user("boris", teams: [team])
    let vera = try await company.user("vera", teams: [team])
    try await company.insertCards([
      (900, RightsCard(pipeline: pipelines[1], responsible: boris.id, outcome: .open))
    ])
    let attempt = { (target: JSON) in
      try await company.owner.refusal(
        "user.deactivate", ["id": .integer(boris.id), "hand_over_to": target])
    }
    let refusal = try await attempt(["team": .integer(team)])
    #expect(refusal?["fields"]?[0]?["path"] == "hand_over_to.team")
    #expect(try await attempt(["team": 999])?["what"] == "team")
    for wrong in [[:], ["team": .integer(team), "user": 1]] as [JSON] {
      #expect(try await attempt(wrong)?.kind == "invalid_params")
    }
    _ = try await boris.client.call("auth.whoami")
    try await company.give([.view], on: pipelines[1], to: ["user": .integer(vera.id)], cards: .own)
    #expect(try await attempt(["team": .integer(team)]) == nil)
  }
}
