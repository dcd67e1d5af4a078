internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

/// Every limit of a plan where the thing is made, brought back or brought in, with many at once.
@Suite("Limits of plans")
struct LimitTests {
  /// What so many callers at once get: refusals, nil where it was done.
  private func race(
    _ company: TestCompany, _ count: Int = 8,
    _ call: @escaping @Sendable (Int) -> (method: String, parameters: JSONObject)
  ) async throws -> [RPCError] {
    try await withThrowingTaskGroup(of: RPCError?.self) { group in
      for index in 0..<count {
        group.addTask {
          let owner = "owner@\(company.slug).example"
          let client = try await company.installation.login(company.slug, owner)
          let (method, parameters) = call(index)
          return try await client.refusal(method, parameters)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }.compactMap(\.self)
    }
  }

  private func expect(
    _ refusals: [RPCError], count: Int, limit: JSON, max: JSON, used: JSON
  ) {
    #expect(refusals.count == count)
    for refusal in refusals {
      #expect(refusal.kind == "plan_limit")
      #expect(refusal["limit"] == limit)
      #expect(refusal["max"] == max)
      #expect(refusal["used"] == used)
      #expect(refusal["plan"] == "mebel")
      #expect(refusal["lifted_by"] == "larger")
    }
  }

  /// A company whose plan has limits, and plans on offer of which `larger` is the cheapest that would do.
  private func company(_ limits: JSON) async throws -> TestCompany {
    let company = try await TestInstallation.make().company(limits: limits)
    for (code, price) in [("largest", "30.00"), ("larger", "20.00")] {
      try await company.operatorClient.call(
        "plan.create",
        [
          "code": .string(code), "name": "Plan",
          "price": ["amount": .string(price), "currency": "RUB"],
        ])
    }
    return company
  }

  @Test("Of eight who add people at once as many succeed as the plan has seats")
  func users() async throws {
    let company = try await company(["users": 3])
    let refusals = try await race(company) { index in
      (
        "user.create",
        [
          "email": .string("user\(index)@mebel.example"), "name": "Борис",
          "password": .string(TestCompany.password),
        ]
      )
    }
    expect(refusals, count: 6, limit: "users", max: 3, used: 3)
    #expect(try await company.owner.call("user.list").items.count == 3)
  }

  @Test("Of two who are reactivated into one free seat one gets it")
  func reactivation() async throws {
    let company = try await company(["users": 3])
    let (boris, vera) = (try await company.user("boris"), try await company.user("vera"))
    for user in [boris, vera] {
      try await company.owner.call("user.deactivate", ["id": .integer(user.id)])
    }
    _ = try await company.user("gleb")
    let refusals = try await race(company, 2) { index in
      ("user.reactivate", ["id": .integer(index == 0 ? boris.id : vera.id)])
    }
    expect(refusals, count: 1, limit: "users", max: 3, used: 3)
    #expect(try await company.owner.call("user.list", ["state": "active"]).items.count == 3)
  }

  @Test("People who are imported take seats too, also where several imports run at once")
  func importedUsers() async throws {
    let company = try await company(["users": 4])
    let running = try await ImportedCompany.begin(company)
    let refusals = try await race(company) { index in
      (
        "import.rows",
        [
          "import": .integer(running.id), "kind": "person",
          "rows": [
            [
              "line": 2, "external_id": .string("p\(index)"), "name": .string("Person \(index)"),
            ]
          ],
        ]
      )
    }
    #expect(refusals.isEmpty)
    #expect(try await company.owner.call("user.list", ["state": "active"]).items.count == 4)
    let status = try await company.owner.call("import.status", ["id": .integer(running.id)])
    #expect(status["rows"]?["person"]?.int64 ?? 3 == 3)
  }

  @Test("Of eight who add fields at once one takes the last place")
  func fields() async throws {
    let company = try await company(["custom_fields": 2])
    try await company.owner.call(
      "field.create", ["for": "lead", "key": "first", "name": "First", "type": "text"])
    let refusals = try await race(company) { index in
      (
        "field.create",
        ["for": "deal", "key": .string("key_\(index)"), "name": "Field", "type": "text"]
      )
    }
    expect(refusals, count: 7, limit: "custom_fields", max: 2, used: 2)
    #expect(try await company.owner.call("field.list").items.count == 2)
  }

  @Test("Of eight who add stages to one pipeline at once one takes the last place")
  func stages() async throws {
    let company = try await company(["stages_per_pipeline": 4])
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "Один"]])
    let refusals = try await race(company) { index in
      (
        "stage.create",
        ["pipeline": .integer(pipeline.id), "name": .string("Этап \(index)")]
      )
    }
    expect(refusals, count: 7, limit: "stages_per_pipeline", max: 4, used: 4)
    let after = try await company.owner.call("pipeline.get", ["id": .integer(pipeline.id)])
    #expect(after["stages"]?.array?.count == 4)
  }

  @Test("Of two archived pipelines brought back into one free place one gets it")
  func restoredPipelines() async throws {
    let company = try await company(["deal_pipelines": 2])
    var ids: [Int64] = []
    for name in ["A", "B"] { ids.append(try await company.pipeline(name).id) }
    for id in ids { try await company.owner.call("pipeline.archive", ["id": .integer(id)]) }
    _ = try await company.pipeline("C")
    let (first, second) = (ids[0], ids[1])
    let refusals = try await race(company, 2) { index in
      ("pipeline.restore", ["id": .integer(index == 0 ? first : second)])
    }
    expect(refusals, count: 1, limit: "deal_pipelines", max: 2, used: 2)
    let listed = try await company.owner.call("pipeline.list", ["kind": "deal"])
    #expect(listed.items.count == 2 && listed.items.allSatisfy { $0["frozen"] == false })
  }

  @Test("Making, bringing back and importing into a new pipeline compete for the same last place")
  func waysToAPipeline() async throws {
    let company = try await company(["deal_pipelines": 1])
    let archived = try await company.pipeline("A").id
    try await company.owner.call("pipeline.archive", ["id": .integer(archived)])
    let refusals = try await race(company, 6) { index in
      switch index % 3 {
      case 0: ("pipeline.restore", ["id": .integer(archived)])
      case 1:
        (
          "pipeline.create",
          ["kind": "deal", "name": .string("B\(index)"), "template": "sales"]
        )
      default:
        (
          "import.begin",
          [
            "source": .string("crm\(index)"), "kinds": ["deal"],
            "pipeline": [
              "name": .string("C\(index)"),
              "stages": [["name": "A"], ["name": "W", "kind": "won"]],
            ],
          ]
        )
      }
    }
    // Bringing back twice is no error: the second finds it done.
    let listed = try await company.owner.call("pipeline.list", ["kind": "deal"])
    #expect(listed.items.count == 1)
    #expect(refusals.count == (listed.ids == [archived] ? 4 : 5))
    #expect(refusals.allSatisfy { $0.kind == "plan_limit" && $0["limit"] == "deal_pipelines" })
  }

  @Test("Requests beyond the plan's rate are refused with a time to wait, and use tells it")
  func rate() async throws {
    let company = try await company(["requests_per_second": 5])
    var refused = 0
    for _ in 0..<40 {
      guard let refusal = try await company.owner.refusal("auth.whoami") else { continue }
      #expect(refusal.kind == "rate_limited")
      #expect((refusal["retry_after_ms"]?.int64 ?? 0) > 0)
      refused += 1
    }
    #expect(refused > 0)
    let usage = try await company.operatorClient.call("tenant.usage", ["tenant": "mebel"])
    #expect(usage["limits"]?["requests_per_second"]?["max"] == 5)
    #expect((0...5).contains(usage["limits"]?["requests_per_second"]?["used"]?.int64 ?? -1))
  }

  @Test("Use is told to the company and to the operator alike: used, limit and share of each")
  func usage() async throws {
    let company = try await company(
      [
        "deal_pipelines": 4, "stages_per_pipeline": 20, "users": 8, "custom_fields": .null,
        "robots": 10,
      ])
    _ = try await company.pipeline("A")
    _ = try await company.user("boris")
    try await company.owner.call(
      "field.create", ["for": "deal", "key": "key", "name": "Field", "type": "text"])
    let own = try await company.owner.call("usage.get")
    #expect(own == (try await company.operatorClient.call("tenant.usage", ["tenant": "mebel"])))
    #expect(own["plan"] == "mebel")
    #expect(own["limits"]?["deal_pipelines"] == ["max": 4, "used": 1, "share": 0.25])
    #expect(own["limits"]?["users"] == ["max": 8, "used": 2, "share": 0.25])
    #expect(own["limits"]?["custom_fields"] == ["max": .null, "used": 1, "share": .null])
    #expect(own["limits"]?["robots"] == ["max": 10, "used": 0, "share": 0.0])
    #expect(own["limits"]?["requests_per_second"]?["used"] == .null)
    #expect(own["features"] == .null)
  }

  @Test("A plan's features come from a closed list; none named is all of them")
  func features() async throws {
    let company = try await company([:])
    let client = company.operatorClient
    let all = try await client.call("plan.get", ["code": "larger"])
    #expect(all["features"] == .null)
    let some = try await client.call(
      "plan.create", ["code": "some", "name": "Some", "features": ["events", "audit"]])
    #expect(some["features"] == ["audit", "events"])
    let wrong = try await client.refusal(
      "plan.create", ["code": "wrong", "name": "Wrong", "features": ["flying"]])
    #expect(wrong?.kind == "invalid_params")
    let none = try await client.call("plan.update", ["code": "some", "features": []])
    #expect(none["features"] == [])
    let dry = try await client.call(
      "tenant.set_plan", ["tenant": "mebel", "plan": "some", "dry_run": true])
    #expect(dry["features_lost"] == ["export", "api_tokens", "audit", "events"])
    try await client.call("tenant.set_plan", ["tenant": "mebel", "plan": "some"])
    #expect(try await company.owner.call("usage.get")["features"] == [])
    let lifted = try await client.call("plan.update", ["code": "some", "features": .null])
    #expect(lifted["features"] == .null)
    #expect(try await company.owner.call("usage.get")["features"] == .null)
  }
}
