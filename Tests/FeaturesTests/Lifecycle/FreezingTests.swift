internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

/// What a smaller plan does to pipelines, and that a larger one undoes it.
@Suite("Freezing of pipelines")
struct FreezingTests {
  private struct Scene {
    let company: TestCompany
    let pipelines: [JSON]

    /// Pipelines A, B, C and a plan for each number of them: `one`, `two`, `three`.
    static func make() async throws -> Scene {
      let company = try await TestInstallation.make().company()
      for (count, code) in ["none", "one", "two", "three"].enumerated() {
        try await company.operatorClient.call(
          "plan.create",
          [
            "code": .string(code), "name": "Plan", "limits": ["deal_pipelines": .integer(count)],
          ])
      }
      var pipelines: [JSON] = []
      for name in ["A", "B", "C"] {
        pipelines.append(
          try await company.pipeline(name, stages: [["name": "First"], ["name": "Second"]]))
      }
      return Scene(company: company, pipelines: pipelines)
    }

    @discardableResult
    func plan(_ code: String, dryRun: Bool = false) async throws -> JSON {
      var parameters: JSONObject = ["tenant": "mebel", "plan": .string(code)]
      if dryRun { parameters["dry_run"] = true }
      return try await company.operatorClient.call("tenant.set_plan", parameters)
    }

    func frozen() async throws -> [String] {
      try await company.owner.call("pipeline.list", ["kind": "deal", "archived": true]).items
        .filter { $0["frozen"] == true }.compactMap { $0["name"]?.string }
    }

    func deal(in pipeline: Int) async throws -> Int64 {
      try await company.owner.call(
        "deal.create", ["pipeline": .integer(pipelines[pipeline].id), "title": "Кухня"]
      ).id
    }
  }

  @Test("A dry run names what would freeze and thaw, every limit exceeded, and changes nothing")
  func dryRun() async throws {
    let scene = try await Scene.make()
    let operatorClient = scene.company.operatorClient
    _ = try await scene.company.user("boris")
    try await operatorClient.call(
      "plan.create",
      [
        "code": "tiny", "name": "Tiny",
        "limits": ["deal_pipelines": 1, "users": 1, "stages_per_pipeline": 3, "robots": 0],
      ])
    let before = try await scene.company.owner.call("pipeline.list")
    let answer = try await scene.plan("tiny", dryRun: true)
    #expect(answer["dry_run"] == true)
    #expect(answer["pipelines_frozen"] == 2)
    #expect(answer["freeze"]?.array?.compactMap { $0["name"]?.string } == ["B", "C"])
    #expect(answer["freeze"]?.array?.map(\.id) == scene.pipelines.dropFirst().map(\.id))
    #expect(answer["thaw"] == [])
    let exceeded = answer["exceeded"]?.array ?? []
    #expect(
      exceeded.compactMap { $0["limit"]?.string } == [
        "deal_pipelines", "stages_per_pipeline", "users",
      ])
    #expect(exceeded.map { $0["max"]?.int64 } == [1, 3, 1])
    #expect(exceeded.map { $0["used"]?.int64 } == [3, 5, 2])
    #expect(
      exceeded.allSatisfy {
        ($0["meaning"]?.string ?? "").contains("stay") || $0["limit"] == "deal_pipelines"
      })
    #expect(try await scene.company.owner.call("pipeline.list") == before)
    try await scene.plan("tiny")
    #expect(try await scene.frozen() == ["B", "C"])
    let back = try await scene.plan("two", dryRun: true)
    #expect(back["thaw"]?.array?.compactMap { $0["name"]?.string } == ["B"])
    #expect(back["stay_frozen"]?.array?.compactMap { $0["name"]?.string } == ["C"])
    #expect(back["freeze"] == [])
    // Nothing new until below the limit, and what is there stays.
    let refusal = try await scene.company.owner.refusal(
      "user.create",
      [
        "email": "v@mebel.example", "name": "V", "password": .string(TestCompany.password),
      ])
    #expect(refusal?.kind == "plan_limit" && refusal?["used"] == 2 && refusal?["max"] == 1)
    #expect(try await scene.company.owner.call("user.list", ["state": "active"]).items.count == 2)
  }

  @Test(
    "A dry run of another limit in a plan names each company that would notice, and changes nothing"
  )
  func dryRunOfPlan() async throws {
    let scene = try await Scene.make()
    let operatorClient = scene.company.operatorClient
    try await scene.plan("three")
    let idle = try await scene.company.installation.company("idle")
    try await operatorClient.call(
      "tenant.set_plan", ["tenant": .string(idle.slug), "plan": "three"])
    let limits: JSONObject = ["code": "three", "limits": ["deal_pipelines": 2], "dry_run": true]
    let answer = try await operatorClient.call("plan.update", limits)
    #expect(answer["dry_run"] == true && answer["untouched"] == 1)
    let noticed = try #require(answer["companies"]?.array)
    #expect(noticed.map { $0["tenant"] } == ["mebel"])
    #expect(noticed[0]["freeze"]?.array?.compactMap { $0["name"]?.string } == ["C"])
    #expect(try await scene.frozen() == [])
    #expect(
      try await operatorClient.call("plan.get", ["code": "three"])["limits"]?["deal_pipelines"] == 3
    )
    // Control: without it the same happens.
    try await operatorClient.call(
      "plan.update", ["code": "three", "limits": ["deal_pipelines": 2]])
    #expect(try await scene.frozen() == ["C"])
  }

  @Test(
    "In a frozen pipeline cards are read, noted, changed and closed; nothing comes in or moves on")
  func frozenPipeline() async throws {
    let scene = try await Scene.make()
    let owner = scene.company.owner
    let (deal, other) = (try await scene.deal(in: 2), try await scene.deal(in: 2))
    let lead = try await owner.call("lead.create", ["title": "Заявка"]).id
    let pipeline = JSON.integer(scene.pipelines[2].id)
    let (first, second) = (
      JSON.integer(scene.pipelines[2].stage("First")),
      JSON.integer(scene.pipelines[2].stage("Second"))
    )
    let leaving = try await scene.deal(in: 2)
    let running = try await ImportedCompany.begin(scene.company, pipeline: pipeline)
    try await scene.plan("two")
    #expect(try await scene.frozen() == ["C"])
    let id: JSON = .integer(deal)
    let refused: [(String, JSONObject)] = [
      ("deal.create", ["pipeline": pipeline, "title": "Новая"]),
      ("deal.move", ["id": id, "stage": second]),
      ("lead.convert", ["id": .integer(lead), "pipeline": pipeline]),
      ("deal.copy", ["id": .integer(try await scene.deal(in: 0)), "pipeline": pipeline]),
      ("deal.copy", ["id": id, "pipeline": pipeline]),
      ("import.begin", ["source": "new", "kinds": ["deal"], "pipeline": pipeline]),
    ]
    for (method, parameters) in refused {
      let refusal = try await owner.refusal(method, parameters)
      #expect(refusal?.code == 1041 && refusal?.kind == "frozen", "\(method)")
    }
    let rows = try await running.send(
      "deal", [["external_id": "1", "title": "Привезённая", "stage": "First"]])
    #expect(rows["accepted"] == 0)
    #expect(try await owner.call("deal.list", ["pipeline": pipeline]).items.count == 3)
    #expect(try await owner.call("lead.get", ["id": .integer(lead)])["outcome"] == "open")
    // Read, noted, changed, closed; and a loss is not taken back there.
    #expect(try await owner.call("deal.get", ["id": id])["stage"] == first)
    try await owner.call("note.add", ["card": id, "text": "Замечание"])
    try await owner.call("deal.update", ["id": id, "title": "Кухня и шкаф"])
    try await owner.call("deal.assign", ["id": id, "responsible": .null])
    #expect(try await owner.call("deal.win", ["id": id])["outcome"] == "won")
    let lost = try await owner.call("deal.lose", ["id": .integer(other), "comment": "Дорого"])
    #expect(lost["outcome"] == "lost")
    #expect(try await owner.refusal("deal.reopen", ["id": .integer(other)])?.kind == "frozen")
    // Moved out: won here, going on there; also what has ended.
    for (card, outcome) in [(leaving, "won"), (other, "lost")] {
      let copied = try await owner.call(
        "deal.copy", ["id": .integer(card), "pipeline": .integer(scene.pipelines[1].id)])
      #expect(copied["from"]?["outcome"] == .string(outcome))
      #expect(copied["deal"]?["pipeline"] == .integer(scene.pipelines[1].id))
      #expect(copied["deal"]?["outcome"] == "open")
    }
    let board = try await owner.call("deal.board", ["pipeline": pipeline])
    #expect(board["stages"]?.array?.isEmpty == false)
    // An upgrade thaws it as it was.
    try await scene.plan("three")
    #expect(try await scene.frozen() == [])
    try await owner.call("deal.reopen", ["id": .integer(other)])
    try await owner.call("deal.move", ["id": .integer(other), "stage": second])
    #expect(
      try await owner.refusal("lead.convert", ["id": .integer(lead), "pipeline": pipeline]) == nil)
  }

  @Test(
    "The admin chooses what freezes first; it stays chosen through archiving, plans and reordering")
  func order() async throws {
    let scene = try await Scene.make()
    let owner = scene.company.owner
    let ids = scene.pipelines.map(\.id)
    let names = { (answer: JSON) in answer.texts("name") }
    #expect(names(try await owner.call("pipeline.freeze_order")) == ["C", "B", "A"])
    try await scene.plan("two")
    #expect(try await scene.frozen() == ["C"])
    let dry = try await owner.call(
      "pipeline.freeze_order", ["pipelines": [.integer(ids[0])], "dry_run": true])
    #expect(names(dry) == ["A", "C", "B"])
    #expect(dry.items.map { $0["frozen"]?.bool } == [true, false, false])
    #expect(try await scene.frozen() == ["C"])
    let chosen = try await owner.call("pipeline.freeze_order", ["pipelines": [.integer(ids[0])]])
    #expect(chosen["items"] == dry["items"])
    #expect(try await scene.frozen() == ["A"])
    // The order of lists is another one, and new plans keep to the choice.
    #expect(names(try await owner.call("pipeline.list", ["kind": "deal"])) == ["A", "B", "C"])
    let reversed = ids.reversed().map { JSON.integer($0) }
    try await owner.call("pipeline.reorder", ["pipelines": .array(reversed)])
    #expect(try await scene.frozen() == ["A"])
    try await scene.plan("one")
    #expect(Set(try await scene.frozen()) == ["A", "B"])
    try await scene.plan("three")
    try await scene.plan("two")
    #expect(try await scene.frozen() == ["A"])
    // Archived ones do not count; none named is the order of lists again.
    try await owner.call("pipeline.archive", ["id": .integer(ids[1])])
    #expect(try await scene.frozen() == [])
    #expect(
      try await owner.refusal("pipeline.restore", ["id": .integer(ids[1])])?.kind == "plan_limit")
    try await scene.plan("three")
    try await owner.call("pipeline.restore", ["id": .integer(ids[1])])
    try await owner.call("pipeline.freeze_order", ["pipelines": []])
    #expect(names(try await owner.call("pipeline.freeze_order")) == ["A", "B", "C"])
    for wrong in [[ids[0], ids[0]], [9_000_000]] {
      let refusal = try await owner.refusal(
        "pipeline.freeze_order", ["pipelines": .array(wrong.map { .integer($0) })])
      #expect(refusal?.kind == "invalid")
    }
    let member = try await scene.company.user("boris")
    #expect(try await member.client.refusal("pipeline.freeze_order")?.kind == "forbidden")
  }

  @Test("Another limit in the plan itself freezes and thaws in every company that is on it")
  func changedPlan() async throws {
    let scene = try await Scene.make()
    let second = try await scene.company.installation.company("second")
    for name in ["X", "Y", "Z"] { _ = try await second.pipeline(name) }
    let operatorClient = scene.company.operatorClient
    try await scene.plan("three")
    try await operatorClient.call("tenant.set_plan", ["tenant": "second", "plan": "three"])
    try await operatorClient.call(
      "plan.update", ["code": "three", "limits": ["deal_pipelines": 2]])
    #expect(try await scene.frozen() == ["C"])
    let others = { () async throws -> [String] in
      try await second.owner.call("pipeline.list", ["kind": "deal"]).items
        .filter { $0["frozen"] == true }.compactMap { $0["name"]?.string }
    }
    #expect(try await others() == ["Z"])
    try await operatorClient.call(
      "plan.update", ["code": "three", "limits": ["deal_pipelines": .null]])
    #expect(try await scene.frozen() == [])
    #expect(try await others() == [])
  }

  @Test("Changes of plans and of companies' plans at once leave frozen what the last plan says")
  func changesAtOnce() async throws {
    let scene = try await Scene.make()
    let installation = scene.company.installation
    try await withThrowingTaskGroup(of: Void.self) { group in
      for round in 0..<12 {
        group.addTask {
          let client = try await installation.operatorClient()
          if round % 2 == 0 {
            try await client.call(
              "tenant.set_plan",
              ["tenant": "mebel", "plan": .string(round % 4 == 0 ? "one" : "two")])
          } else {
            try await client.call(
              "plan.update",
              ["code": "two", "limits": ["deal_pipelines": .integer(round % 3)]])
          }
        }
      }
      try await group.waitForAll()
    }
    let plan = try await scene.company.owner.call("settings.get")["plan"]?.string ?? ""
    let limits = try await scene.company.operatorClient.call("plan.get", ["code": .string(plan)])
    let allowed = limits["limits"]?["deal_pipelines"]?.int64 ?? 3
    #expect(try await scene.frozen() == ["A", "B", "C"].suffix(3 - Int(min(3, allowed))))
  }

  @Test("Once a downgrade is answered nothing comes in any more, however many were creating")
  func creationsAtOnce() async throws {
    let scene = try await Scene.make()
    let pipeline = JSON.integer(scene.pipelines[2].id)
    let (company, installation) = (scene.company, scene.company.installation)
    let made = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let client = try await installation.login("mebel", "owner@mebel.example")
          var made = 0
          for _ in 0..<200 {
            let refusal = try await client.refusal(
              "deal.create", ["pipeline": pipeline, "title": "Кухня"])
            guard refusal == nil else {
              #expect(refusal?.kind == "frozen")
              return made
            }
            made += 1
          }
          return made
        }
      }
      try await scene.plan("two")
      #expect(
        try await company.owner.refusal(
          "deal.create", ["pipeline": pipeline, "title": "Кухня"])?.kind == "frozen")
      return try await group.reduce(0, +)
    }
    let count = try await company.write(CompanyRows.countCards(.integer(company.id)))
    #expect(try count[0].integer(0) == Int64(made))
  }
}
