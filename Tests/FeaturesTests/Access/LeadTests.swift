internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("What team leads may do with rights")
struct LeadTests {
  private struct Scene {
    let company: TestCompany
    let pipelines: [Int64]
    let team: Int64
    let below: Int64
    let other: Int64
    let lead: (id: Int64, client: TestClient)
    let seller: (id: Int64, client: TestClient)
    let junior: (id: Int64, client: TestClient)
    let stranger: (id: Int64, client: TestClient)
    /// To the team: view, edit, move on the sub-teams' cards of the second pipeline.
    let grant: Int64

    func grant(
      _ actions: [String], to: JSON, cards: String = "own", on pipeline: Int64? = nil,
      _ more: JSONObject = [:]
    ) -> JSONObject {
      var grant: JSONObject = [
        "pipeline": .integer(pipeline ?? pipelines[1]), "to": to,
        "actions": .array(actions.map { .string($0) }), "cards": .string(cards),
      ]
      for member in more.members { grant[member.name] = member.value }
      return grant
    }
  }

  private func scene() async throws -> Scene {
    let company = try await TestInstallation.make().company(template: "first_line_and_seniors")
    let pipelines = try await company.pipelines()
    let team = try await company.team("team")
    let below = try await company.team("below", parent: team)
    let other = try await company.team("other")
    let lead = try await company.user("lead", teams: [team])
    try await company.owner.call(
      "team.set_lead", ["team": .integer(team), "user": .integer(lead.id), "lead": true])
    let grant = try await company.give(
      [.view, .edit, .move], on: pipelines[1], to: ["team": .integer(team)], cards: .subteams)
    return Scene(
      company: company, pipelines: pipelines, team: team, below: below, other: other, lead: lead,
      seller: try await company.user("seller", teams: [team]),
      junior: try await company.user("junior", teams: [below]),
      stranger: try await company.user("stranger", teams: [other]), grant: grant)
  }

  @Test("A lead gives, changes and takes back within what they hold, and it works at once")
  func giving() async throws {
    let scene = try await scene()
    try await scene.company.insertCards([
      (900, RightsCard(pipeline: scene.pipelines[1], responsible: scene.junior.id, outcome: .open)),
      (901, RightsCard(pipeline: scene.pipelines[1], responsible: nil, outcome: .open)),
    ])
    let lead = scene.lead.client
    let to: JSON = ["team": .integer(scene.below)]
    #expect(try await scene.junior.client.call("deal.list").ids == [])
    let given = try await lead.call("grant.give", scene.grant(["view", "edit"], to: to))
    #expect(try await scene.junior.client.call("deal.list").ids == [900])
    try await scene.junior.client.call("deal.update", ["id": 900, "title": "X"])
    let narrowed = try await lead.call(
      "grant.give", scene.grant(["view"], to: to, ["if_version": 1]))
    #expect(narrowed["id"] == given["id"])
    #expect(
      try await scene.junior.client.refusal("deal.update", ["id": 900, "title": "Y"])?["needs"]
        == "edit")
    try await lead.call("grant.revoke", ["id": given["id"] ?? .null])
    #expect(try await scene.junior.client.call("deal.list").ids == [])
  }

  @Test("A lead gives nothing they lack: actions, cards, pipelines, everybody, other teams")
  func lacking() async throws {
    let scene = try await scene()
    let lead = scene.lead.client
    let below: JSON = ["team": .integer(scene.below)]
    let seller: JSON = ["user": .integer(scene.seller.id)]
    for (grant, needs) in [
      (scene.grant(["view", "delete"], to: below), "delete"),
      (scene.grant(["view"], to: below, cards: "all"), "view"),
      (scene.grant(["create"], to: seller), "create"),
      (scene.grant(["configure"], to: seller), "configure"),
      (scene.grant(["view"], to: ["everyone": true]), "admin"),
    ] {
      let refusal = try await lead.refusal("grant.give", grant)
      #expect(refusal?.kind == "forbidden", "\(grant)")
      #expect(refusal?["needs"] == .string(needs), "\(grant)")
    }
    // What a lead knows nothing of does not exist for them.
    for grant in [
      scene.grant(["view"], to: below, on: scene.pipelines[2]),
      scene.grant(["view"], to: ["team": .integer(scene.other)]),
      scene.grant(["view"], to: ["user": .integer(scene.stranger.id)]),
    ] {
      #expect(try await lead.refusal("grant.give", grant)?.kind == "not_found", "\(grant)")
    }
    let absent = try await lead.refusal(
      "grant.give", scene.grant(["view"], to: ["user": 4_000_000]))
    let stranger = try await lead.refusal(
      "grant.give", scene.grant(["view"], to: ["user": .integer(scene.stranger.id)]))
    #expect(absent == stranger)
    // Members of the team who do not lead it may nothing of this.
    #expect(
      try await scene.seller.client.refusal("grant.give", scene.grant(["view"], to: seller))?[
        "needs"] == "admin")
    #expect(try await scene.seller.client.refusal("grant.list")?["needs"] == "admin")
  }

  @Test("A lead narrows what an admin gave more widely, and widens again only within their own")
  func narrowing() async throws {
    let scene = try await scene()
    let lead = scene.lead.client
    let seller: JSON = ["user": .integer(scene.seller.id)]
    try await scene.company.owner.call(
      "grant.give", scene.grant(["view", "edit", "delete"], to: seller, cards: "all"))
    try await lead.call("grant.give", scene.grant(["view", "delete"], to: seller, cards: "all"))
    try await lead.call("grant.give", scene.grant(["view", "delete"], to: seller, cards: "own"))
    #expect(
      try await lead.refusal(
        "grant.give", scene.grant(["view", "delete"], to: seller, cards: "all"))?.kind
        == "forbidden")
    try await lead.call("grant.give", scene.grant(["view", "edit"], to: seller, cards: "team"))
    #expect(
      try await lead.refusal("grant.give", scene.grant(["view", "delete"], to: seller))?["needs"]
        == "delete")
    // Their own team's grant can be narrowed; widening it back takes what they no longer hold.
    let team: JSON = ["team": .integer(scene.team)]
    try await lead.call("grant.give", scene.grant(["view", "edit"], to: team, cards: "subteams"))
    #expect(
      try await lead.refusal(
        "grant.give", scene.grant(["view", "edit", "move"], to: team, cards: "subteams"))?["needs"]
        == "move")
  }

  @Test(
    "A lead sees and revokes the grants of those they lead on pipelines they know, and no others")
  func listing() async throws {
    let scene = try await scene()
    let owner = scene.company.owner
    let below = try await scene.company.give(
      [.view], on: scene.pipelines[1], to: ["team": .integer(scene.below)])
    let hidden = try await scene.company.give(
      [.view], on: scene.pipelines[2], to: ["team": .integer(scene.below)])
    let others = try await scene.company.give(
      [.view], on: scene.pipelines[1], to: ["team": .integer(scene.other)])
    let lead = scene.lead.client
    #expect(Set(try await lead.call("grant.list").ids) == [scene.grant, below])
    for id in [hidden, others, 4_000_000] {
      #expect(
        try await lead.refusal("grant.revoke", ["id": .integer(id)])?.kind == "not_found", "\(id)")
    }
    try await lead.call("grant.revoke", ["id": .integer(below)])
    #expect(try await owner.call("grant.list").ids.contains(hidden))
  }

  @Test("Who leads no longer gives no more, on every server; of two leads at once both count")
  func losing() async throws {
    let scene = try await scene()
    let owner = scene.company.owner
    let elsewhere = try await scene.company.installation.anotherServer().login(
      scene.company.slug, scene.company.email("lead"))
    let grant = scene.grant(["view"], to: ["user": .integer(scene.seller.id)])
    try await elsewhere.call("grant.give", grant)
    let leading: JSONObject = [
      "team": .integer(scene.team), "user": .integer(scene.lead.id), "lead": false,
    ]
    try await owner.call("team.set_lead", leading)
    for client in [elsewhere, scene.lead.client] {
      #expect(try await client.refusal("grant.give", grant)?["needs"] == "admin")
    }
    // Two leads change the same grant at once: one after the other, each by what stands then.
    try await owner.call(
      "team.set_lead",
      ["team": .integer(scene.team), "user": .integer(scene.seller.id), "lead": true])
    try await owner.call(
      "team.set_lead",
      ["team": .integer(scene.team), "user": .integer(scene.lead.id), "lead": true])
    let to: JSON = ["team": .integer(scene.below)]
    let clients = [scene.lead.client, scene.seller.client, elsewhere]
    let versions = try await withThrowingTaskGroup(of: Int64.self) { group in
      for (index, client) in clients.enumerated() {
        let actions = [["view"], ["view", "edit"], ["view", "move"]][index]
        let params = scene.grant(actions, to: to)
        group.addTask {
          try await client.call("grant.give", params)["version"]?.int64 ?? 0
        }
      }
      return try await group.reduce(into: [Int64]()) { $0.append($1) }
    }
    #expect(versions.sorted() == [1, 2, 3])
  }

  @Test("The database lets a lead write the grants of those they lead, and no others")
  func policies() async throws {
    let scene = try await scene()
    let settings = [
      "pipelines": "{\(scene.pipelines[1])}", "led_teams": "{\(scene.team),\(scene.below)}",
      "led_people": "{\(scene.lead.id),\(scene.seller.id),\(scene.junior.id)}",
      "given": "{\(scene.pipelines[1]):view,\(scene.pipelines[1]):edit}",
    ]
    var number = 700
    let insert = { (pipeline: Int64, subject: String, actions: String) in
      number += 1
      return
        "insert into voronka.access_grant (tenant_id, id, pipeline_id, \(subject.prefix { $0 != "=" }), "
        + "actions, cards, outcome, created_at) values (\(scene.company.id), \(number), \(pipeline), "
        + "\(subject.drop { $0 != "=" }.dropFirst()), '{\(actions)}', 'own', 'any', now());"
    }
    let (known, hidden) = (scene.pipelines[1], scene.pipelines[2])
    for (script, isAllowed) in [
      (insert(known, "team_id=\(scene.below)", "view"), true),
      (insert(known, "user_id=\(scene.junior.id)", "view,edit"), true),
      (insert(known, "user_id=\(scene.seller.id)", "view,delete"), false),
      (insert(known, "team_id=\(scene.other)", "view"), false),
      (insert(known, "user_id=\(scene.stranger.id)", "view"), false),
      (insert(known, "user_id=null", "view"), false),
      (insert(hidden, "team_id=\(scene.below)", "view"), false),
    ] {
      let state = try await DirectSQLOutcome.state(scene.company, settings: settings, script)
      #expect(state == (isAllowed ? nil : "42501"), "\(script)")
    }
    // A member who leads nobody writes none.
    let member = ["pipelines": "{\(known)}"]
    #expect(
      try await DirectSQLOutcome.state(
        scene.company, settings: member, insert(known, "team_id=\(scene.team)", "view")) == "42501")
  }

  @Test("A lead hands the team's visible cards round within the team, and no further")
  func assigning() async throws {
    let scene = try await scene()
    let place = { (responsible: Int64?) in
      RightsCard(pipeline: scene.pipelines[1], responsible: responsible, outcome: .open)
    }
    for user in [scene.stranger.id, scene.junior.id] {
      try await scene.company.give(
        [.view], on: scene.pipelines[1], to: ["user": .integer(user)], cards: .own)
    }
    try await scene.company.give(
      [.view], on: scene.pipelines[1], to: ["user": .integer(scene.lead.id)], cards: .all)
    try await scene.company.insertCards([
      (900, place(scene.seller.id)), (901, place(scene.stranger.id)), (902, place(nil)),
    ])
    let lead = scene.lead.client
    let assign = { (card: Int64, user: Int64?) in
      try await lead.refusal(
        "deal.assign",
        ["id": .integer(card), "responsible": user.map { .integer($0) } ?? .null])
    }
    #expect(try await assign(900, scene.junior.id) == nil)
    #expect(try await assign(900, scene.stranger.id)?["needs"] == "assign")
    #expect(try await assign(900, nil)?["needs"] == "assign")
    #expect(try await assign(901, scene.seller.id)?["needs"] == "assign")
    #expect(try await assign(902, scene.seller.id)?["needs"] == "assign")
    #expect(try await assign(900, scene.lead.id) == nil)
    // Those they lead do not.
    #expect(
      try await scene.seller.client.refusal(
        "deal.assign", ["id": 900, "responsible": .integer(scene.seller.id)])?["needs"] == "assign")
    let why = try await lead.call(
      "access.explain", ["user": .integer(scene.lead.id), "card": 900])
    #expect(why["actions"]?["assign"]?["by"] == [["leading": .integer(scene.team)]])
  }

  @Test("A lead sees the team's report and knows the people of the teams below, and no others")
  func reports() async throws {
    let scene = try await scene()
    let lead = scene.lead.client
    for team in [scene.team, scene.below] {
      _ = try await lead.call(
        "report.funnel",
        ["pipeline": .integer(scene.pipelines[1]), "team": .integer(team)])
      _ = try await lead.call("team.get", ["id": .integer(team)])
    }
    #expect(
      try await lead.refusal(
        "report.funnel",
        ["pipeline": .integer(scene.pipelines[1]), "team": .integer(scene.other)])?.kind
        == "not_found")
    let people = Set(try await lead.call("user.list").ids)
    #expect(people.isSuperset(of: [scene.lead.id, scene.seller.id, scene.junior.id]))
    #expect(!people.contains(scene.stranger.id))
  }
}
