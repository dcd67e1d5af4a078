internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

/// Who sees what within one company, by every way there is to look.
@Suite("Sight of roles within a company")
struct RoleSightTests {
  /// Everything that somebody is shown of cards, by all methods that show any.
  private struct Sight: Equatable {
    var listed: Set<Int64> = []
    var got: Set<Int64> = []
    var onBoards: [Int64: Int64] = [:]
    var inFunnels: [Int64: Int64] = [:]
    var contacts: Set<Int64> = []
    var noted: Set<Int64> = []
    var remembered: Set<Int64> = []
    var explained: Set<Int64> = []
    var found: Set<Int64> = []
  }

  private func sight(
    of asker: (id: Int64, client: TestClient), cards: [(id: Int64, kind: String)],
    _ floor: SalesFloor
  ) async throws -> Sight {
    let client = asker.client
    var sight = Sight()
    for kind in ["lead", "deal"] {
      sight.listed.formUnion(try await client.call("\(kind).list", ["limit": 500]).ids)
    }
    for pipeline in [floor.leads.id, floor.general.id, floor.services.id] {
      let parameters: JSONObject = ["pipeline": .integer(pipeline)]
      if let board = try? await client.call("deal.board", parameters) {
        sight.onBoards[pipeline] = board["stages"]?.array?.reduce(0) {
          $0 + ($1["count"]?.int64 ?? 0)
        }
      }
      if let funnel = try? await client.call("report.funnel", parameters) {
        sight.inFunnels[pipeline] = funnel["totals"]?["created"]?.int64
      }
    }
    sight.contacts.formUnion(try await client.call("contact.list", ["limit": 500]).ids)
    for word in ["lead", "open", "lost", "won", "other"] {
      sight.found.formUnion(try await client.found(word))
    }
    for card in cards {
      let id = JSON.integer(card.id)
      if try await client.refusal("\(card.kind).get", ["id": id]) == nil {
        sight.got.insert(card.id)
      }
      if try await client.refusal("note.list", ["card": id]) == nil { sight.noted.insert(card.id) }
      if try await client.refusal("\(card.kind).history", ["id": id]) == nil {
        sight.remembered.insert(card.id)
      }
      let question: JSONObject = ["user": .integer(asker.id), "card": id]
      if try await client.refusal("access.explain", question) == nil {
        sight.explained.insert(card.id)
      }
    }
    return sight
  }

  @Test("First line, seniors and contractor each see their own cards by every way, and no others")
  func sights() async throws {
    let floor = try await SalesFloor.make()
    let company = floor.company
    let owner = company.owner
    let contractor = try await company.user("contractor")
    try await owner.call(
      "grant.give",
      [
        "pipeline": .integer(floor.general.id), "to": ["user": .integer(contractor.id)],
        "actions": ["view"], "cards": "all", "outcome": "lost",
      ])
    var cards: [(id: Int64, kind: String)] = []
    var contacts: [Int64: Int64] = [:]
    let add = { (kind: String, pipeline: JSON?, name: String) async throws -> Int64 in
      var parameters: JSONObject = ["title": .string(name), "contact": ["name": .string(name)]]
      if let pipeline {
        parameters["pipeline"] = .integer(pipeline.id)
        parameters["amount"] = ["amount": "100", "currency": "RUB"]
      }
      return try await owner.call("\(kind).create", parameters).id
    }
    let lead = try await add("lead", nil, "Lead")
    let open = try await add("deal", floor.general, "Open")
    let lost = try await add("deal", floor.general, "Lost")
    let won = try await add("deal", floor.general, "Won")
    let other = try await add("deal", floor.services, "Other")
    for (id, kind) in [
      (lead, "lead"), (open, "deal"), (lost, "deal"), (won, "deal"), (other, "deal"),
    ] {
      cards.append((id, kind))
      let card = try await owner.call("\(kind).get", ["id": .integer(id)])
      contacts[id] = card["contact"]?.int64
    }
    try await owner.call(
      "deal.lose",
      ["id": .integer(lost), "reason": try await floor.reason("loss"), "comment": "Because"])
    try await owner.call(
      "deal.win", ["id": .integer(won), "reason": try await floor.reason("win")])

    let expect = {
      (who: (id: Int64, client: TestClient), seen: Set<Int64>, boards: [Int64: Int64]) in
      let sight = try await self.sight(of: who, cards: cards, floor)
      #expect(sight.listed == seen && sight.got == seen && sight.found == seen, "\(sight)")
      #expect(sight.noted == seen && sight.remembered == seen && sight.explained == seen)
      #expect(sight.onBoards == boards && sight.inFunnels == boards, "\(sight)")
      #expect(sight.contacts == Set(seen.compactMap { contacts[$0] }))
    }
    let (leads, general, services) = (floor.leads.id, floor.general.id, floor.services.id)
    try await expect(floor.first, [lead], [leads: 1])
    try await expect(contractor, [lost], [general: 1])
    // Own and the team's: those that nobody is responsible for count under all alone.
    let nobody = try await company.user("idle")
    try await expect(nobody, [], [:])
    for (deal, seller) in [
      (open, floor.generalSeller), (other, floor.servicesSeller),
    ] {
      try await owner.call(
        "deal.assign", ["id": .integer(deal), "responsible": .integer(seller.id)])
    }
    let generals = try await sight(of: floor.generalSeller, cards: cards, floor)
    #expect(generals.listed.contains(open) && !generals.listed.contains(other))
    #expect(!generals.listed.contains(lead) && generals.listed == generals.got)
    #expect(generals.onBoards[services] == nil && generals.onBoards[leads] == nil)
    let others = try await sight(of: floor.servicesSeller, cards: cards, floor)
    #expect(
      others.listed.contains(other) && others.listed.isDisjoint(with: [lead, open, lost, won]))
    #expect(others.listed == others.got && others.onBoards[general] == nil)
  }

  @Test("own, team, subteams and all, each with open, won and lost: exactly those cards")
  func scopes() async throws {
    let floor = try await SalesFloor.make()
    let company = floor.company
    let owner = company.owner
    let top = try await company.team("Top")
    let below = try await company.team("Below", parent: top)
    let reader = try await company.user("reader", teams: [top])
    let mate = try await company.user("mate", teams: [top])
    let junior = try await company.user("junior", teams: [below])
    let pipeline = try await company.pipeline("Scopes", stages: [["name": "Open"]])
    let give = { (to: JSON, cards: String, outcome: String) in
      _ = try await owner.call(
        "grant.give",
        [
          "pipeline": .integer(pipeline.id), "to": to, "actions": ["view"],
          "cards": .string(cards), "outcome": .string(outcome),
        ])
    }
    // So that everybody can be responsible for something here.
    for user in [reader, mate, junior] {
      try await give(["user": .integer(user.id)], "own", "any")
    }
    let reasons = ["lost": try await floor.reason("loss"), "won": try await floor.reason("win")]
    var cards: [String: [String: Int64]] = [:]
    for (name, user) in [
      ("own", Optional(reader.id)), ("team", mate.id), ("subteams", junior.id), ("all", nil),
    ] {
      for outcome in ["open", "won", "lost"] {
        let id = try await owner.call(
          "deal.create",
          ["pipeline": .integer(pipeline.id), "title": .string("\(name) \(outcome)")]
        ).id
        try await owner.call(
          "deal.assign", ["id": .integer(id), "responsible": user.map { .integer($0) } ?? .null])
        if outcome != "open" {
          try await owner.call(
            outcome == "won" ? "deal.win" : "deal.lose",
            ["id": .integer(id), "reason": reasons[outcome] ?? .null, "comment": "Because"])
        }
        cards[name, default: [:]][outcome] = id
      }
    }
    let scopes = ["own", "team", "subteams", "all"]
    for (width, scope) in scopes.enumerated() {
      for outcome in ["any", "open", "won", "lost"] {
        try await give(["user": .integer(reader.id)], scope, outcome)
        let expected = scopes[...width].flatMap { name in
          (cards[name] ?? [:]).filter { outcome == "any" || $0.key == outcome }.values
        }
        let seen = try await reader.client.call("deal.list", ["limit": 500])
        #expect(Set(seen.ids) == Set(expected), "\(scope) \(outcome)")
        let board = try await reader.client.call("deal.board", ["pipeline": .integer(pipeline.id)])
        let counted = board["stages"]?.array?.reduce(0) { $0 + ($1["count"]?.int64 ?? 0) }
        #expect(counted == Int64(expected.count), "\(scope) \(outcome)")
      }
    }
  }

  @Test(
    "The cursor of one who sees more shows no more, and a kept answer ends with the right to see it"
  )
  func cursorsAndKeptAnswers() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let seller = floor.generalSeller
    let request: JSONObject = [
      "pipeline": .integer(floor.general.id), "title": "Kept", "idempotency_key": "kept",
    ]
    let kept = try await seller.client.call("deal.create", request)
    for title in ["A", "B", "C"] {
      try await owner.call(
        "deal.create", ["pipeline": .integer(floor.services.id), "title": .string(title)])
    }
    let next = try await owner.call("deal.list", ["limit": 1])["next"] ?? .null
    let seen = try await seller.client.call("deal.list", ["after": next])
    #expect(seen.ids == [kept.id])
    #expect(try await floor.first.client.call("deal.list", ["after": next]).ids == [])

    #expect(try await seller.client.call("deal.create", request) == kept)
    let grants = try await owner.call("grant.list", ["pipeline": .integer(floor.general.id)])
    for grant in grants.ids { try await owner.call("grant.revoke", ["id": .integer(grant)]) }
    let refusal = try await seller.client.refusal("deal.create", request)
    #expect(refusal?.kind == "not_found")
  }

  @Test("Who only creates in a pipeline can't tell a stage of it from none")
  func stagesUnseen() async throws {
    let floor = try await SalesFloor.make()
    let stage = try #require(floor.general["stages"]?.array?.first).id
    let ask = { (client: TestClient, stage: Int64) in
      try await client.refusal("deal.list", ["stage": .integer(stage)])
    }
    #expect(
      try await ask(floor.first.client, stage) == ask(floor.first.client, 999_999))
    // Control: who sees the pipeline tells them apart.
    #expect(try await ask(floor.generalSeller.client, stage) == nil)
    #expect(try await ask(floor.generalSeller.client, 999_999)?.kind == "not_found")
  }
}
