internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

/// Seven cards, small enough to count by hand:
/// 1: A 10.1., B 12.1., C 15.1., won 20.1. for 100 · 2: A 11.1., won 13.1. for 300 · 3: A 12.1., B 16.1.,
/// lost 18.1. · 4: A 13.1. · 5: B 14.1. · 6: A 1.2., B 3.2. · 7: A 15.1., lost 15.1.
/// Ann of team East/Ann has 1 and 3, Bob of team West the others; 4 came from the site.
@Suite("The funnel report")
struct FunnelTests {
  private static let day = 86_400.0

  private func make() async throws -> ImportedCompany {
    let imported = try await ImportedCompany.make()
    try await imported.send(
      "person",
      [
        ["external_id": "ann", "name": "Ann", "team": ["East", "Ann"], "email": "ann@m.example"],
        ["external_id": "bob", "name": "Bob", "team": ["West"], "email": "bob@m.example"],
      ])
    let card = { (id: Int, by: String, events: [(String, String)]) -> JSON in
      [
        "external_id": .integer(id), "title": .string("\(id)"), "responsible": .string(by),
        "amount": .string(id == 1 ? "100" : id == 2 ? "300" : "7"),
        "source": id == 4 ? "site" : .null,
        "events": .array(
          events.map { ["stage": .string($0.0), "at": .string("2026-\($0.1)")] }),
      ]
    }
    let answer = try await imported.send(
      "deal",
      [
        card(1, "ann", [("A", "01-10"), ("B", "01-12"), ("C", "01-15"), ("Won", "01-20")]),
        card(2, "bob", [("A", "01-11"), ("Won", "01-13")]),
        card(3, "ann", [("A", "01-12"), ("B", "01-16"), ("Lost", "01-18")]),
        card(4, "bob", [("A", "01-13")]),
        card(5, "bob", [("B", "01-14")]),
        card(6, "bob", [("A", "02-01"), ("B", "02-03")]),
        card(7, "bob", [("A", "01-15"), ("Lost", "01-15")]),
      ])
    #expect(answer["accepted"] == 7)
    return imported
  }

  private static let january: JSONObject = ["from": "2026-01-01", "to": "2026-02-01"]

  private func totals(_ report: JSON) -> [Int64?] {
    ["created", "open", "won", "lost"].map { report["totals"]?[$0]?.int64 }
  }

  private func column(_ report: JSON, _ name: String) -> [Int64?] {
    (report["stages"]?.array ?? []).map { $0[name]?.int64 }
  }

  private func shares(_ report: JSON, _ name: String) -> [Double?] {
    (report["stages"]?.array ?? []).map { $0[name]?.double }
  }

  private func dwell(_ report: JSON, _ name: String) -> [Double?] {
    (report["stages"]?.array ?? []).map { $0["dwell"]?[name]?.double.map { $0 / Self.day } }
  }

  @Test("A cohort's figures are those counted by hand, skipped stages and percentiles among them")
  func figures() async throws {
    let report = try await make().funnel(Self.january)
    #expect(totals(report) == [6, 2, 2, 2])
    #expect(report["totals"]?["won_amount"] == ["amount": "400.00", "currency": "RUB"])
    #expect(report["totals"]?["average_sale"] == ["amount": "200.00", "currency": "RUB"])
    #expect(report["stages"]?.array?.compactMap { $0["name"]?.string } == ["A", "B", "C"])
    #expect(column(report, "entered") == [5, 3, 1])
    #expect(column(report, "reached") == [6, 4, 2])
    #expect(shares(report, "from_previous") == [nil, 4.0 / 6, 0.5])
    #expect(shares(report, "overall") == [1, 4.0 / 6, 2.0 / 6])
    #expect(column(report, "lost_here") == [1, 1, 0])
    #expect(column(report, "open_here") == [1, 1, 0])
    #expect(dwell(report, "stays") == [4, 2, 1].map { $0 / Self.day })
    #expect(dwell(report, "median_s") == [2, 2.5, 5])
    let p90 = (report["stages"]?.array ?? []).map { $0["dwell"]?["p90_s"]?.int64 }
    #expect(p90 == [293_760, 250_560, 432_000])
    #expect(report["shape"]?["verdict"] == "funnel")
  }

  @Test("A cohort goes by the company's calendar, and without days by all cards")
  func cohort() async throws {
    let imported = try await make()
    #expect(totals(try await imported.funnel()) == [7, 3, 2, 2])
    // 10 January in Moscow begins at 21:00 UTC of the 9th.
    let one = try await imported.funnel(["from": "2026-01-10", "to": "2026-01-11"])
    #expect(totals(one) == [1, 0, 1, 0])
    let none = try await imported.funnel(["from": "2026-03-01"])
    #expect(totals(none) == [0, 0, 0, 0])
    #expect(none["totals"]?["average_sale"] == .null)
    #expect(none["shape"]?["verdict"] == "empty")
    #expect(none["stages"]?[0]?["overall"] == .null)
    #expect(none["stages"]?[0]?["dwell"] == ["stays": 0, "median_s": nil, "p90_s": nil])
  }

  @Test("A period that ends before it begins is refused, naming both days")
  func period() async throws {
    let imported = try await make()
    let refusal = try await imported.company.owner.refusal(
      "report.funnel",
      [
        "pipeline": .integer(imported.pipeline), "from": "2026-02-01", "to": "2026-01-01",
      ])
    #expect(refusal?.kind == "invalid")
    #expect(refusal?.problemPaths == ["from", "to"])
    #expect(try await totals(imported.funnel(["from": "2026-02-01", "to": "2026-02-01"]))[0] == 0)
  }

  @Test("A report or list of a team or person that is not there, or not for the caller, is refused")
  func ofNobody() async throws {
    let imported = try await make()
    let company = imported.company
    let boris = try await company.member(
      "boris", .init(pipeline: imported.pipeline, actions: ["view"], cards: "own"))
    let carl = try await company.user("carl")
    let (own, foreign) = (try await company.team("Own"), try await company.team("Foreign"))
    try await company.owner.call(
      "team.add_member", ["team": .integer(own), "user": .integer(boris.id)])
    let people = try await company.owner.call("user.list").items
    let ann = try #require(people.first { $0["name"] == "Ann" }).id
    try await company.owner.call("user.deactivate", ["id": .integer(ann)])

    let refusal = { (client: TestClient, filter: JSONObject) in
      var parameters = filter
      parameters["pipeline"] = .integer(imported.pipeline)
      return try await client.refusal("report.funnel", parameters)?.kind
    }
    let owner = company.owner
    for filter in [["team": 99_999], ["responsible": 99_999]] as [JSONObject] {
      #expect(try await refusal(owner, filter) == "not_found")
      #expect(try await refusal(boris.client, filter) == "not_found")
    }
    #expect(try await refusal(owner, ["team": .integer(foreign)]) == nil)
    #expect(try await refusal(owner, ["responsible": .integer(ann)]) == nil)
    #expect(try await refusal(boris.client, ["team": .integer(own)]) == nil)
    #expect(try await refusal(boris.client, ["team": .integer(foreign)]) == "not_found")
    #expect(try await refusal(boris.client, ["responsible": .integer(boris.id)]) == nil)
    for unknown in [ann, carl.id] {
      #expect(
        try await refusal(boris.client, ["responsible": .integer(unknown)]) == "not_found")
    }

    for method in ["deal.list", "lead.list"] {
      for client in [owner, boris.client] {
        #expect(try await client.refusal(method, ["responsible": 99_999])?.kind == "not_found")
      }
      #expect(
        try await boris.client.refusal(method, ["responsible": .integer(carl.id)])?.kind
          == "not_found")
      #expect(try await boris.client.refusal(method, ["responsible": .integer(boris.id)]) == nil)
    }
    let hers = try await owner.call("deal.list", ["responsible": .integer(ann)])
    #expect(hers.items.count == 2)
    // Whoever comes into one's team is a colleague.
    try await company.owner.call(
      "team.add_member", ["team": .integer(own), "user": .integer(carl.id)])
    #expect(try await refusal(boris.client, ["responsible": .integer(carl.id)]) == nil)
  }

  @Test("A list by a pipeline or stage that is not there is refused, also to an owner")
  func listOfNothing() async throws {
    let imported = try await make()
    let owner = imported.company.owner
    let pipeline = JSON.integer(imported.pipeline)
    let filters: [JSONObject] = [
      ["pipeline": 99_999], ["pipeline": pipeline, "stage": 99_999], ["stage": 99_999],
    ]
    for filter in filters {
      #expect(try await owner.refusal("deal.list", filter)?.kind == "not_found")
    }
    #expect(try await owner.refusal("lead.list", ["pipeline": pipeline])?.kind == "not_found")
  }

  @Test("As of a past day or moment, what was created, moved or closed later does not count")
  func asOf() async throws {
    let imported = try await make()
    let day = try await imported.funnel(["as_of": "2026-01-14"])
    #expect(totals(day) == [5, 4, 1, 0])
    #expect(column(day, "entered") == [4, 2, 0])
    #expect(column(day, "reached") == [5, 3, 1])
    #expect(column(day, "open_here") == [2, 2, 0])
    #expect(dwell(day, "median_s") == [2, nil, nil])
    let moment = try await imported.funnel(["as_of": "2026-01-13T00:00:00+03:00"])
    #expect(totals(moment) == [4, 3, 1, 0])
    let before = try await imported.funnel(["as_of": "2026-01-12T23:59:59+03:00"])
    #expect(totals(before) == [3, 3, 0, 0])
    #expect(before["totals"]?["won_amount"]?["amount"] == "0.00")
  }

  @Test("Team with those below it, responsible and source narrow the cohort")
  func filters() async throws {
    let imported = try await make()
    let team = { (name: String) async throws -> JSON in
      .integer(
        try await imported.number(
          "select min(id) from voronka.team where name = '\(name)'"))
    }
    #expect(totals(try await imported.funnel(["team": team("East")])) == [2, 0, 1, 1])
    #expect(totals(try await imported.funnel(["team": team("Ann")])) == [2, 0, 1, 1])
    #expect(totals(try await imported.funnel(["team": team("West")])) == [5, 3, 1, 1])
    #expect(totals(try await imported.funnel(["source": "site"])) == [1, 1, 0, 0])
    let bob = try await imported.cards()["4"]?["responsible"] ?? .null
    #expect(totals(try await imported.funnel(["responsible": bob])) == [5, 3, 1, 1])
    #expect(
      totals(try await imported.funnel(["responsible": bob, "source": "site"])) == [1, 1, 0, 0])
    let refusal = try await imported.company.owner.refusal(
      "report.funnel", ["pipeline": .integer(imported.pipeline), "team": 99])
    #expect(refusal?.kind == "not_found")
  }

  @Test("A member's funnel and board count only the cards that the member sees")
  func ownCards() async throws {
    let imported = try await make()
    let company = imported.company
    let database = company.installation.database
    try await database.connected(as: database.superuser) { connection in
      _ = try await connection.executeScript(
        """
        update voronka.user_account u
        set password_hash = o.password_hash
        from voronka.user_account o
        where o.role = 'owner' and u.email in ('ann@m.example', 'bob@m.example');
        insert into voronka.access_grant
          (tenant_id, id, pipeline_id, user_id, actions, cards, outcome, created_at)
        select 1, 1, \(imported.pipeline), id, '{view}', 'own', 'any', now()
        from voronka.user_account
        where email = 'ann@m.example';
        update voronka.tenant_version set version = version + 1;
        """)
    }
    let ann = try await company.installation.login(company.slug, "ann@m.example")
    let bob = try await company.installation.login(company.slug, "bob@m.example")
    let report = try await imported.funnel(by: ann)
    #expect(totals(report) == [2, 0, 1, 1])
    #expect(report["totals"]?["won_amount"]?["amount"] == "100.00")
    #expect(column(report, "entered") == [2, 2, 1])
    let parameters: JSONObject = ["pipeline": .integer(imported.pipeline)]
    let board = try await ann.call("deal.board", parameters)
    #expect(
      board["stages"]?.array?.compactMap { $0["count"]?.int64 } == [0, 0, 0, 1, 1])
    for method in ["report.funnel", "deal.board"] {
      #expect(try await bob.refusal(method, parameters)?.kind == "not_found")
    }
    for method in ["import.status", "import.undo", "import.finish"] {
      #expect(
        try await ann.refusal(method, ["id": .integer(imported.id)])?.kind == "forbidden")
    }
    #expect(
      try await ann.refusal(
        "import.rows", ["import": .integer(imported.id), "kind": "deal", "rows": []])?.kind
        == "forbidden")
  }

  @Test(
    "A board gives each stage's count, sum and newest cards, and its next goes on with the list")
  func board() async throws {
    let imported = try await make()
    let board = try await imported.company.owner.call(
      "deal.board", ["pipeline": .integer(imported.pipeline), "limit": 1])
    let stages = board["stages"]?.array ?? []
    #expect(stages.map { $0["name"] } == ["A", "B", "C", "Won", "Lost"])
    #expect(stages.map { $0["count"] } == [1, 2, 0, 2, 2])
    #expect(
      stages.map { $0["amount"]?["amount"] } == ["7.00", "14.00", "0.00", "400.00", "14.00"])
    #expect(stages.map { $0["cards"]?[0]?["title"] } == ["4", "6", nil, "2", "7"])
    #expect(stages.map { $0["next"]?.isNull } == [true, false, true, false, false])
    let more = try await imported.company.owner.call(
      "deal.list",
      [
        "pipeline": .integer(imported.pipeline), "stage": stages[3]["stage"] ?? .null,
        "after": stages[3]["next"] ?? .null,
      ])
    #expect(more["items"]?.array?.map { $0["title"] } == ["1"])
  }
}
