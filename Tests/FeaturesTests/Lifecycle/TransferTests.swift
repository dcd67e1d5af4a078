internal import Features
internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

/// A company in a file, and out of it on another installation.
@Suite("Export and import of companies")
struct TransferTests {
  /// All lines of an export.
  private func export(
    _ company: TestCompany, afterFirstPage: () async throws -> Void = {}
  ) async throws -> [String] {
    var lines: [String] = []
    var parameters: JSONObject = ["tenant": .string(company.slug)]
    while true {
      let page = try await company.operatorClient.call("tenant.export", parameters)
      lines += (page["lines"]?.array ?? []).compactMap(\.string)
      guard let next = page["next"]?.string else { return lines }
      if parameters["after"] == nil { try await afterFirstPage() }
      parameters["after"] = .string(next)
    }
  }

  private func begin(
    _ lines: [String], _ client: TestClient, slug: String? = nil, plan: String? = nil
  ) async throws -> JSON {
    var begin: JSONObject = ["header": .string(lines[0])]
    begin["slug"] = slug.map { .string($0) }
    begin["plan"] = plan.map { .string($0) }
    return try await client.call("tenant.import", ["begin": .object(begin)])
  }

  /// Sends a whole file in pieces of so many lines.
  private func bringIn(
    _ lines: [String], _ client: TestClient, slug: String? = nil, plan: String? = nil,
    piece: Int = 97
  ) async throws -> JSON {
    let id = try await begin(lines, client, slug: slug, plan: plan)["import"]?.int64 ?? 0
    var sent = 1
    while sent < lines.count - 1 {
      let next = Array(lines[sent..<min(sent + piece, lines.count - 1)])
      let answer = try await client.call("tenant.import", rows(id, sent + 1, next))
      sent += next.count
      #expect(answer["line"]?.int64 == Int64(sent + 1))
    }
    return try await client.call("tenant.import", finish(id, lines[lines.count - 1]))
  }

  /// An installation with a plan of this name, and its operator.
  private func another(
    plan: String = "alpha", limits: JSON = [:]
  ) async throws -> (installation: TestInstallation, client: TestClient) {
    let installation = try await TestInstallation.make()
    let client = try await installation.operatorClient()
    try await client.call(
      "plan.create", ["code": .string(plan), "name": "Plan", "limits": limits])
    return (installation, client)
  }

  /// A company with everything in it, and some hundreds of deals.
  private func scene(deals: Int = 300) async throws -> IsolationScene {
    let scene = try await IsolationScene.make()
    let owner = scene.company.owner
    let running = try await ImportedCompany.begin(scene.company, source: "crm")
    try await running.send(
      "deal",
      (0..<deals).map { number in
        [
          "external_id": .string("d\(number)"), "title": .string("Кухня \"\(number)\" \\ №"),
          "stage": .string(["A", "B", "Won", "Lost"][number % 4]),
          "amount": .string("\(number).50"), "created_at": "2026-03-01T10:00:00Z",
        ]
      })
    try await owner.call(
      "deal.set_lines",
      [
        "id": .integer(scene.own.deal),
        "lines": [
          [
            "product": .integer(scene.own.product), "quantity": 1,
            "price": ["amount": "7", "currency": "RUB"],
          ]
        ],
      ])
    try await owner.call(
      "team.add_member", ["team": .integer(scene.own.team), "user": .integer(scene.own.user)])
    // A parent with a higher number than its child.
    try await owner.call(
      "team.update",
      ["id": .integer(scene.own.team), "parent": .integer(try await scene.company.team("Выше"))])
    try await owner.call(
      "grant.give",
      [
        "pipeline": .integer(running.pipeline), "to": ["team": .integer(scene.own.team)],
        "actions": ["view", "edit"], "cards": "all", "outcome": "open",
      ])
    return scene
  }

  @Test("A company arrives with every row as it was: ids, histories, rights, reports and sights")
  func roundTrip() async throws {
    let scene = try await scene()
    let lines = try await export(scene.company)
    #expect(lines.count > 1000)
    let (installation, client) = try await another()
    // Numbers of companies differ between installations.
    for slug in ["x1", "x2", "x3"] { _ = try await installation.company(slug) }
    let answer = try await bringIn(lines, client)
    #expect(answer["tenant"]?["slug"] == "alpha" && answer["tenant"]?["state"] == "active")
    #expect(answer["owner"]?["email"] == "owner@alpha.example")
    let id = try #require(answer["tenant"]?["id"]?.int64)
    #expect(id != scene.company.id)
    let before = try await TenantRows(scene.company).fingerprints()
    let after = try await TenantRows(installation, tenant: id).fingerprints()
    #expect(after == before)
    #expect(before["card"]?.hasPrefix("30") == true)
    // People have no passwords but the first owner; the others get theirs from that one.
    let owner = try await installation.login("alpha", "owner@alpha.example")
    let member = "alpha0@alpha.example"
    await #expect(throws: RPCError.self) { _ = try await installation.login("alpha", member) }
    try await owner.call(
      "user.update",
      ["id": .integer(scene.own.user), "password": .string(TestCompany.password)])
    let old = try await scene.company.installation.login("alpha", member)
    let new = try await installation.login("alpha", member)
    for (name, here, there) in [
      ("owner", scene.company.owner, owner), ("member", old, new),
    ] {
      for method in ["deal.list", "lead.list", "pipeline.list", "contact.list", "team.list"] {
        let parameters: JSONObject = ["limit": 500]
        #expect(
          try await here.call(method, parameters).items == there.call(method, parameters).items,
          "\(name) \(method)")
      }
    }
    #expect(try await new.call("deal.list", ["limit": 500]).items.count > 100)
    let pipelines = try await owner.call("pipeline.list", ["kind": "deal"]).ids
    for pipeline in pipelines {
      let parameters: JSONObject = ["pipeline": .integer(pipeline)]
      #expect(
        try await scene.company.owner.call("report.funnel", parameters)
          == owner.call("report.funnel", parameters))
    }
    let deal: JSONObject = ["id": .integer(scene.own.deal)]
    #expect(
      try await scene.company.owner.call("deal.history", deal) == owner.call("deal.history", deal))
    // That it has lines is not in the file: it is told by the lines.
    #expect(try await owner.call("deal.get", deal)["lines"]?.array?.count == 1)
    // Life goes on above the numbers that were given.
    let highest = try await owner.call("deal.list", ["limit": 1]).items[0].id
    let made = try await owner.call(
      "deal.create", ["pipeline": .integer(scene.own.pipeline), "title": "Новая"])
    #expect(made.id > highest)
    #expect(try await owner.call("contact.create", ["name": "Новый"]).id > scene.own.idleContact)
  }

  @Test("A file holds no password, session or token, and the company sees that it was written")
  func secrets() async throws {
    let scene = try await scene(deals: 1)
    #expect(try await scene.company.owner.call("settings.get")["exported_at"] == .null)
    let text = try await export(scene.company).joined(separator: "\n")
    let rows = TenantRows(scene.company)
    let hash = try await rows.text(
      "select password_hash from voronka.user_account where tenant_id = \(scene.company.id) limit 1"
    )
    let session = try await rows.text(
      "select encode(secret_hash, 'hex') from voronka.session where tenant_id = \(scene.company.id) limit 1"
    )
    #expect(hash.count > 20 && session.count > 20)
    #expect(!text.contains(hash) && !text.contains(session) && !text.contains("password_hash"))
    #expect(!text.contains("Zulu"))
    #expect(text.contains("owner@alpha.example"))
    let settings = try await scene.company.owner.call("settings.get")
    #expect(settings["exported_at"]?.string?.hasPrefix("2026-06-01T09:00:00") == true)
  }

  @Test("All pages see the moment of the first one")
  func oneMoment() async throws {
    let scene = try await scene(deals: 500)
    let before = try await TenantRows(scene.company).counts()
    let lines = try await export(scene.company) {
      for number in 0..<5 {
        try await scene.company.owner.call(
          "deal.create",
          ["pipeline": .integer(scene.own.pipeline), "title": .string("Later \(number)")])
      }
      try await scene.company.owner.call("deal.delete", ["id": .integer(scene.own.deal)])
    }
    #expect(!lines.contains { $0.contains("Later") })
    let end = try JSONReader().read(lines[lines.count - 1])
    #expect(end["end"]?["tables"]?["card"]?.int64 == before["card"])
    let (_, client) = try await another()
    #expect(try await bringIn(lines, client)["tenant"]?["state"] == "active")
  }

  @Test("An import that is cut off is a company for nobody, and leaves nothing behind")
  func cutOff() async throws {
    let scene = try await scene(deals: 40)
    let lines = try await export(scene.company)
    let (installation, client) = try await another()
    let id = try await begin(lines, client)["import"]?.int64 ?? 0
    try await client.call("tenant.import", rows(id, 2, lines[1..<(lines.count / 2)]))
    #expect(try await TenantRows(installation, tenant: id).counts()["user_account"] == 2)
    #expect(try await client.call("tenant.list").items.isEmpty)
    #expect(try await client.call("tenant.list", ["state": "importing"]).items.count == 1)
    for method in ["tenant.suspend", "tenant.resume", "tenant.restore"] {
      #expect(try await client.refusal(method, ["tenant": "alpha"])?.kind == "conflict")
    }
    await #expect(throws: RPCError.self) {
      _ = try await installation.login("alpha", "owner@alpha.example")
    }
    // Nobody else may be called so meanwhile.
    #expect(
      try await client.refusal("tenant.import", ["begin": ["header": .string(lines[0])]])?.kind
        == "conflict")
    // It goes on as long as it is not given up, also on another server.
    installation.clock.advance(seconds: 80_000)
    let other = try installation.anotherServer()
    let elsewhere = try await other.operatorClient()
    let half = lines.count / 2
    try await elsewhere.call("tenant.import", rows(id, half + 1, lines[half..<(half + 10)]))
    installation.clock.advance(seconds: 80_000)
    try await installation.dispatcher.clearAway()
    #expect(try await client.call("tenant.list", ["state": "importing"]).items.count == 1)
    installation.clock.advance(seconds: 10_000)
    try await installation.dispatcher.clearAway()
    #expect(try await TenantRows(installation, tenant: id).counts().values.allSatisfy { $0 == 0 })
    #expect(
      try await client.refusal("tenant.import", finish(id, lines[lines.count - 1]))?.kind
        == "not_found")
    #expect(try await bringIn(lines, client)["tenant"]?["state"] == "active")
  }

  @Test("An import is given up at once by deleting it")
  func givenUp() async throws {
    let scene = try await scene(deals: 1)
    let lines = try await export(scene.company)
    let client = try await another().1
    let id = try await begin(lines, client)["import"]?.int64 ?? 0
    try await client.call("tenant.import", rows(id, 2, lines[1..<20]))
    try await client.call("tenant.delete", ["tenant": "alpha"])
    #expect(try await client.refusal("tenant.restore", ["tenant": "alpha"])?.kind == "not_found")
    #expect(
      try await client.refusal("tenant.import", rows(id, 21, lines[20..<21]))?.kind == "not_found")
    #expect(try await client.refusal("tenant.get", ["tenant": "alpha"])?.kind == "not_found")
  }

  @Test("A file that lost, changed or swapped a line is refused, and so is a line sent twice")
  func damage() async throws {
    let scene = try await scene(deals: 3)
    let lines = try await export(scene.company)
    let (_, client) = try await another()
    let (end, last) = (lines.count - 1, lines[lines.count - 1])
    let note = try #require(lines.firstIndex { $0.hasPrefix(#"{"note""#) })
    let refusal = { (lines: [String], slug: String) async throws -> RPCError? in
      do {
        _ = try await bringIn(lines, client, slug: slug)
        return nil
      } catch let error as RPCError {
        return error
      }
    }
    var lost = lines
    lost.remove(at: note)
    #expect(try await refusal(lost, "lost")?.kind == "invalid")
    var changed = lines
    changed[note] = changed[note].replacing("Alpha", with: "Beta")
    #expect(try await refusal(changed, "changed")?.kind == "invalid")
    var cut = Array(lines[..<(end - 1)])
    cut.append(last)
    #expect(try await refusal(cut, "cut")?.kind == "invalid")
    // A card before its stages.
    let card = try #require(lines.firstIndex { $0.hasPrefix(#"{"card""#) })
    var swapped = lines
    swapped.insert(swapped.remove(at: card), at: 1)
    #expect(try await refusal(swapped, "swapped")?.kind == "invalid")
    // Control, and lines twice.
    let id = try await begin(lines, client, slug: "whole")["import"]?.int64 ?? 0
    try await client.call("tenant.import", rows(id, 2, lines[1..<5]))
    let twice = try await client.refusal("tenant.import", rows(id, 2, lines[1..<5]))
    #expect(twice?.kind == "conflict" && twice?["line"] == 6)
    for wrong in ["{}", "[]", "x", #"{"session":{}}"#, #"{"card":1}"#, #"{"note":{"secret":1}}"#] {
      #expect(try await client.refusal("tenant.import", rows(id, 6, [wrong]))?.kind == "invalid")
    }
    #expect(try await client.refusal("tenant.import", finish(id, last))?.kind == "invalid")
    try await client.call("tenant.import", rows(id, 6, lines[5..<end]))
    #expect(try await client.call("tenant.import", finish(id, last))["tenant"]?["slug"] == "whole")
  }

  @Test("What the methods would refuse is refused in a file too, and the line is named")
  func forged() async throws {
    let scene = try await scene(deals: 3)
    let lines = try await export(scene.company)
    let (_, client) = try await another()
    func forged(_ table: String, _ member: String, _ value: JSON) async throws -> String {
      let place = try #require(lines.lastIndex { $0.hasPrefix("{\"\(table)\"") })
      var row = try #require(try JSONReader().read(lines[place]).object?[table]?.object)
      #expect(row[member] != nil)
      row[member] = value
      var changed = lines
      changed[place] = JSON.object([table: .object(row)]).description
      let slug = "forged\(table.count)-\(member.count)\(changed[place].count)"
      do {
        _ = try await bringIn(changed, client, slug: slug)
        return "accepted"
      } catch let error as RPCError {
        let problem = error["fields"]?.array?.first?["problem"]?.string ?? ""
        #expect(problem.hasPrefix("number \(place + 1) is a row"), "\(problem)")
        return error.kind
      }
    }
    let long = JSON.string(String(repeating: "x", count: 300_000))
    #expect(try await forged("card", "title", long) == "invalid")
    #expect(try await forged("card", "version", 0) == "invalid")
    #expect(try await forged("pipeline", "version", -1) == "invalid")
    #expect(try await forged("contact", "email_normalised", "nobody") == "invalid")
    #expect(try await forged("user_account", "email", "nobody") == "invalid")
    #expect(try await forged("note", "created_by", 987_654_321) == "invalid")
    #expect(try await forged("company", "name", "") == "invalid")
  }

  @Test("A company with more people than its plan allows does not arrive")
  func tooManyPeople() async throws {
    let lines = try await export(try await scene(deals: 1).company)
    let (_, client) = try await another(plan: "one", limits: ["users": 1])
    let error = await #expect(throws: RPCError.self) {
      _ = try await bringIn(lines, client, slug: "moved", plan: "one")
    }
    #expect(error?.kind == "plan_limit")
    let (_, roomy) = try await another(plan: "one", limits: ["users": 100])
    _ = try await bringIn(lines, roomy, slug: "moved", plan: "one")
  }

  @Test("A first line from elsewhere is refused with what is wrong")
  func headers() async throws {
    let scene = try await scene(deals: 1)
    let header = try await export(scene.company)[0]
    let (_, client) = try await another()
    let wrong = [
      "x", "{}", header.replacing(#""format":1"#, with: #""format":2"#),
      header.replacing(#""name":"note""#, with: #""name":"session""#),
      header.replacing(#""name":"note""#, with: #""name":"card""#),
      header.replacing(#""columns":["id","email""#, with: #""columns":["password_hash","email""#),
      header.replacing(#""timezone":"Europe/Moscow""#, with: #""timezone":"Nowhere/City""#),
      header.replacing(#""reopen_days":30"#, with: #""reopen_days":"x""#),
      header.replacing(#""locale""#, with: #""state""#),
    ]
    for line in wrong {
      #expect(line != header)
      let refusal = try await client.refusal("tenant.import", ["begin": ["header": .string(line)]])
      #expect(refusal?.kind == "invalid", "\(line.prefix(60))")
    }
    let plan = try await client.refusal(
      "tenant.import", ["begin": ["header": .string(header), "plan": "never"]])
    #expect(plan?.kind == "not_found")
    #expect(try await client.refusal("tenant.import")?.kind == "invalid_params")
    #expect(try await client.call("tenant.list", ["state": "importing"]).items.isEmpty)
  }

  @Test("Where it arrives the plan there holds: pipelines over its limit are frozen")
  func smallerPlan() async throws {
    let scene = try await scene(deals: 1)
    let lines = try await export(scene.company)
    let (installation, client) = try await another(plan: "one", limits: ["deal_pipelines": 1])
    _ = try await bringIn(lines, client, slug: "moved", plan: "one")
    let owner = try await installation.login("moved", "owner@alpha.example")
    let frozen = try await owner.call("pipeline.list", ["kind": "deal"]).items.map {
      $0["frozen"]?.bool
    }
    #expect(frozen == [false, true, true])
  }

  @Test("A page that is asked for again is the same; one of another company or place has ended")
  func pages() async throws {
    let scene = try await scene(deals: 500)
    let client = scene.company.operatorClient
    let first = try await client.call("tenant.export", ["tenant": "alpha"])
    let next = try #require(first["next"])
    let second = try await client.call("tenant.export", ["tenant": "alpha", "after": next])
    #expect(try await client.call("tenant.export", ["tenant": "alpha", "after": next]) == second)
    for after in [JSON.string("x.2"), .string("\(next.string ?? "")9"), "nothing"] {
      let refusal = try await client.refusal("tenant.export", ["tenant": "alpha", "after": after])
      #expect(refusal?.kind == "conflict")
    }
    #expect(
      try await client.refusal("tenant.export", ["tenant": "zulu", "after": next])?.kind
        == "conflict")
    #expect(try await client.refusal("tenant.export", ["tenant": "never"])?.kind == "not_found")
    #expect(
      try await scene.company.owner.refusal("tenant.export", ["tenant": "alpha"])?.kind
        == "forbidden")
  }
}
