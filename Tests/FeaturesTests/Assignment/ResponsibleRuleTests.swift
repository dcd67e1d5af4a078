internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Rules on who becomes responsible")
struct ResponsibleRuleTests {
  private func convert(_ floor: SalesFloor, _ number: Int = 1) async throws -> JSON {
    let lead = try await floor.lead(
      "Заявка \(number)", ["contact": ["name": "Пётр", "email": .string("p\(number)@a.example")]])
    let answer = try await floor.first.client.call(
      "lead.convert", ["id": .integer(lead.id), "pipeline": .integer(floor.services.id)])
    return answer["deal"]?["id"] ?? .null
  }

  private func ledger(_ floor: SalesFloor, _ deal: JSON) async throws -> JSON? {
    let history = try await floor.company.owner.call("deal.history", ["id": deal])
    return history.items.last?["assignment"]
  }

  private func rule(_ floor: SalesFloor, _ rule: JSON) async throws {
    try await floor.company.owner.call(
      "pipeline.update", ["id": .integer(floor.services.id), "responsible_rule": rule])
  }

  private func team(_ floor: SalesFloor) async throws -> JSON {
    .integer(try await floor.company.owner.call("team.list").ids[2])
  }

  @Test("A pipeline and a stage tell the rule they were given; null takes it away")
  func told() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let team = try await team(floor)
    let fair: JSON = ["way": "round_robin", "team": team]
    #expect(floor.services["responsible_rule"] == fair)
    let least: JSON = ["way": "least_loaded", "team": team]
    let made = try await owner.call(
      "pipeline.create",
      [
        "name": "Новое", "responsible_rule": least,
        "stages": [
          ["name": "А", "responsible_rule": ["way": "user", "user": .integer(floor.first.id)]]
        ],
      ])
    #expect(made["responsible_rule"] == least)
    let stage = made["stages"]?[0]?["id"] ?? .null
    #expect(
      made["stages"]?[0]?["responsible_rule"]
        == ["way": "user", "user": .integer(floor.first.id)])
    let changed = try await owner.call("stage.update", ["id": stage, "responsible_rule": fair])
    #expect(changed["responsible_rule"] == fair)
    let cleared = try await owner.call("stage.update", ["id": stage, "responsible_rule": .null])
    #expect(cleared["responsible_rule"] == JSON.null)
    let kept = try await owner.call(
      "pipeline.update", ["id": .integer(made.id), "responsible_rule": ["way": "keep"]])
    #expect(kept["responsible_rule"] == JSON.null)
    for wrong: JSON in [["way": "user"], ["way": "round_robin", "user": 1], ["way": "dice"]] {
      let refusal = try await owner.refusal(
        "pipeline.update", ["id": .integer(made.id), "responsible_rule": wrong])
      #expect(refusal?.kind == "invalid_params")
    }
    let refusal = try await owner.refusal(
      "pipeline.update",
      ["id": .integer(made.id), "responsible_rule": ["way": "least_loaded", "team": 900]])
    #expect(refusal?.kind == "not_found")
    // A team of a rule is not deleted under it.
    #expect(try await owner.refusal("team.delete", ["id": team])?.kind == "conflict")
  }

  @Test("The absent and those without sight are passed over, and the ledger tells why")
  func skipped() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let team = try await team(floor)
    let second = try await floor.company.user("second", teams: [team.int64 ?? 0])
    let deal = try await convert(floor)
    #expect(
      try await ledger(floor, deal)?["details"]
        == ["rule": ["way": "round_robin", "team": team], "pipeline": .integer(floor.services.id)])
    try await owner.call(
      "user.update", ["id": .integer(second.id), "absent_until": "2999-12-31"])
    for number in 2...4 {
      let deal = try await convert(floor, number)
      let told = try await ledger(floor, deal)
      #expect(told?["responsible"] == .integer(floor.servicesSeller.id) && told?["way"] == "rule")
      #expect(
        told?["details"]?["skipped"] == [["user": .integer(second.id), "why": "absent"]])
    }
    try await owner.call("user.deactivate", ["id": .integer(floor.servicesSeller.id)])
    let nobodys = try await convert(floor, 5)
    let told = try await ledger(floor, nobodys)
    #expect(told?["responsible"] == JSON.null && told?["way"] == "rule")
    #expect(told?["details"]?["skipped"]?.array?.count == 2)
    // An absence ends with its day.
    try await owner.call(
      "user.update", ["id": .integer(second.id), "absent_until": "2001-01-01"])
    #expect(
      try await ledger(floor, convert(floor, 6))?["responsible"] == .integer(second.id))
  }

  @Test("Who only looks at a pipeline learns of no team, person or other pipeline by its rules")
  func onlookers() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let team = try await team(floor)
    let leads = floor.leads.id
    let rule: JSON = ["way": "round_robin", "team": team]
    let entered = try #require(floor.leads["stages"]?[1]?["id"])
    try await owner.call("pipeline.update", ["id": .integer(leads), "responsible_rule": rule])
    try await owner.call("stage.update", ["id": entered, "responsible_rule": rule])
    let lead = try await floor.lead()
    try await owner.call("lead.move", ["id": lead["id"] ?? .null, "stage": entered])
    try await owner.call(
      "lead.lose",
      ["id": lead["id"] ?? .null, "reason": try await floor.reason("loss"), "comment": "Нет"])
    let looker = try await floor.company.member(
      "looker", .init(pipeline: leads, actions: ["view"], cards: "all"))
    for (client, isTold) in [(looker.client, false), (owner, true)] {
      let pipeline = try await client.call("pipeline.get", ["id": .integer(leads)])
      let listed = try await client.call("stage.list", ["pipeline": .integer(leads)])
      let history = try await client.call("lead.history", ["id": lead["id"] ?? .null])
      let assigned = history.items.compactMap { $0["assignment"] }
      #expect(assigned.contains { $0["way"] == "rule" })
      for stages in [pipeline["stages"]?.array ?? [], listed.items] {
        #expect(stages.contains { $0["transfers_to"]?.int64 != nil } == isTold)
        #expect(stages.contains { $0["responsible_rule"] == rule } == isTold)
      }
      #expect((pipeline["responsible_rule"] == rule) == isTold)
      #expect(assigned.contains { $0["details"]?["rule"] == rule } == isTold)
    }
    // Who hands over knows where to.
    let handing = try await floor.first.client.call("pipeline.get", ["id": .integer(leads)])
    #expect(
      handing["stages"]?.array?.compactMap { $0["transfers_to"]?.int64 }
        == [floor.general.id, floor.services.id])
  }

  @Test(
    "A stage's rule that finds nobody leaves the card to whoever has it, and the ledger tells who was passed over"
  )
  func nobodyLeft() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let stage = floor.stage(1, of: floor.general)
    let deal = try await floor.generalSeller.client.call(
      "deal.create", ["title": "Кухня", "pipeline": .integer(floor.general.id)])
    try await owner.call(
      "stage.update",
      ["id": stage, "responsible_rule": ["way": "round_robin", "team": try await team(floor)]])
    try await owner.call(
      "user.absence",
      ["id": .integer(floor.servicesSeller.id), "absent_until": "2999-12-31"])
    let entered = try await owner.call(
      "deal.move",
      ["id": .integer(deal.id), "stage": stage])
    #expect(entered["responsible"] == .integer(floor.generalSeller.id))
    let told = try await ledger(floor, .integer(deal.id))
    #expect(told?["responsible"] == .integer(floor.generalSeller.id) && told?["way"] == "rule")
    #expect(told?["details"]?["kept"] == true)
    let passedOver = told?["details"]?["skipped"]?[0]
    #expect(passedOver?["user"] == .integer(floor.servicesSeller.id))
    // A new card is nobody's still.
    let new = try await owner.call(
      "deal.create",
      ["title": "Новая", "pipeline": .integer(floor.general.id), "stage": stage])
    #expect(new["responsible"] == JSON.null)
  }

  @Test("Least loaded counts open cards of the pipeline; a fixed rule gives to its one person")
  func others() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let team = try await team(floor)
    let second = try await floor.company.user("second", teams: [team.int64 ?? 0])
    try await rule(floor, ["way": "least_loaded", "team": team])
    for _ in 0..<2 {
      try await owner.call(
        "deal.create",
        [
          "pipeline": .integer(floor.services.id), "title": "Своя",
          "responsible": .integer(floor.servicesSeller.id),
        ])
    }
    for number in 1...2 {
      let deal = try await convert(floor, number)
      #expect(try await ledger(floor, deal)?["responsible"] == .integer(second.id))
    }
    try await rule(floor, ["way": "user", "user": .integer(floor.servicesSeller.id)])
    #expect(
      try await ledger(floor, convert(floor, 3))?["responsible"]
        == .integer(floor.servicesSeller.id))
    // Who may not see the pipeline gets nothing of it.
    try await rule(floor, ["way": "user", "user": .integer(floor.generalSeller.id)])
    let told = try await ledger(floor, convert(floor, 4))
    #expect(told?["responsible"] == JSON.null)
    #expect(
      told?["details"]?["skipped"]
        == [["user": .integer(floor.generalSeller.id), "why": "no_sight"]])
  }

  @Test("A stage's rule hands on the card that enters; naming and assigning are in the ledger too")
  func stages() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let team = try await team(floor)
    let second = try await floor.company.user("second", teams: [team.int64 ?? 0])
    let stage = floor.stage(1, of: floor.services)
    try await owner.call(
      "stage.update",
      ["id": stage, "responsible_rule": ["way": "user", "user": .integer(second.id)]])
    let deal = try await floor.servicesSeller.client.call(
      "deal.create", ["pipeline": .integer(floor.services.id), "title": "Своя"])
    let id = JSON.integer(deal.id)
    #expect(try await ledger(floor, id)?["way"] == "own")
    var moved = try await floor.servicesSeller.client.call("deal.move", ["id": id, "stage": stage])
    #expect(moved["responsible"] == .integer(second.id))
    #expect(try await ledger(floor, id)?["details"]?["stage"] == stage)
    moved = try await owner.call(
      "deal.assign", ["id": id, "responsible": .integer(floor.servicesSeller.id)])
    #expect(try await ledger(floor, id)?["way"] == "named")
    moved = try await owner.call("deal.assign", ["id": id, "to": ["team": team]])
    #expect(try await ledger(floor, id)?["way"] == "rule")
    for wrong: JSONObject in [
      ["id": id], ["id": id, "responsible": .null, "to": ["team": team]],
    ] {
      #expect(try await owner.refusal("deal.assign", wrong)?.kind == "invalid_params")
    }
    let first = JSON.integer(try await owner.call("team.list").ids[0])
    #expect(
      try await owner.refusal("deal.assign", ["id": id, "to": ["team": first]])?.kind == "invalid")
    let holder = moved["responsible"]?.int64 ?? 0
    if holder != second.id {
      try await owner.call("deal.assign", ["id": id, "responsible": .integer(second.id)])
    }
    try await owner.call(
      "user.deactivate",
      ["id": .integer(second.id), "hand_over_to": ["team": team]])
    let told = try await ledger(floor, id)
    #expect(told?["way"] == "handed_over")
    #expect(told?["responsible"] == .integer(floor.servicesSeller.id))
  }

  @Test("A hundred conversions at once onto four people: each gets twenty-five")
  func fair() async throws {
    let floor = try await SalesFloor.make()
    let team = try await team(floor).int64 ?? 0
    for name in ["b", "c", "d"] { _ = try await floor.company.user(name, teams: [team]) }
    var leads: [Int64] = []
    for number in 0..<100 {
      leads.append(
        try await floor.lead(
          "Заявка \(number)",
          ["contact": ["name": "Пётр", "email": .string("p\(number)@a.example")]]
        ).id)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lead in leads {
        group.addTask {
          try await floor.first.client.call(
            "lead.convert", ["id": .integer(lead), "pipeline": .integer(floor.services.id)])
        }
      }
      try await group.waitForAll()
    }
    let deals = try await floor.company.owner.call(
      "deal.list", ["pipeline": .integer(floor.services.id), "limit": 500])
    let counts = Dictionary(grouping: deals.items) { $0["responsible"]?.int64 ?? 0 }
    #expect(counts.mapValues(\.count).values.sorted() == [25, 25, 25, 25])
  }
}
