internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@testable internal import Features

/// Plans say for how long history, audit and idempotency keys are kept.
@Suite("How long things are kept, by plan")
struct RetentionTests {
  @Test("A plan carries it: absent stays, null is for ever, and keys are never kept below 24 hours")
  func plans() async throws {
    let operatorClient = try await TestInstallation.make().operatorClient()
    let plain = try await operatorClient.call("plan.create", ["code": "plain", "name": "Plain"])
    #expect(
      plain["retention"]
        == ["history_days": .null, "audit_days": .null, "idempotency_hours": 24])
    let made = try await operatorClient.call(
      "plan.create",
      ["code": "short", "name": "Short", "retention": ["history_days": 90, "audit_days": 400]])
    #expect(
      made["retention"] == ["history_days": 90, "audit_days": 400, "idempotency_hours": 24])
    let changed = try await operatorClient.call(
      "plan.update",
      ["code": "short", "retention": ["history_days": .null, "idempotency_hours": 72]])
    let expected: JSON = ["history_days": .null, "audit_days": 400, "idempotency_hours": 72]
    #expect(changed["retention"] == expected && changed["version"] == 2)
    #expect(try await operatorClient.call("plan.get", ["code": "short"])["retention"] == expected)
    let listed = try await operatorClient.call("plan.list").items
    #expect(listed.map { $0["retention"] ?? .null } == [plain["retention"], expected])
    let usual = try await operatorClient.call(
      "plan.update", ["code": "short", "retention": ["idempotency_hours": .null]])
    #expect(usual["retention"]?["idempotency_hours"] == 24)
    for (retention, path) in [
      (["idempotency_hours": 23], "retention.idempotency_hours"),
      (["history_days": 0], "retention.history_days"),
      (["audit_days": "1"], "retention.audit_days"), (["weeks": 1], "retention.weeks"),
    ] as [(JSON, String)] {
      let refusal = try await operatorClient.refusal(
        "plan.update", ["code": "short", "retention": retention])
      #expect(refusal?.kind == "invalid_params")
      #expect(refusal?["fields"]?[0]?["path"] == .string(path))
    }
  }

  @Test("A change to a plan that keeps less says so beforehand, and the company reads what is kept")
  func preview() async throws {
    let company = try await TestInstallation.make().company()
    try await company.operatorClient.call(
      "plan.create",
      ["code": "short", "name": "Short", "retention": ["history_days": 90]])
    let preview = try await company.operatorClient.call(
      "tenant.set_plan", ["tenant": .string(company.slug), "plan": "short", "dry_run": true])
    #expect(
      preview["kept_shorter"] == [["what": "history_days", "from": .null, "to": 90]])
    try await company.operatorClient.call(
      "tenant.set_plan", ["tenant": .string(company.slug), "plan": "short"])
    #expect(try await company.owner.call("usage.get")["retention"]?["history_days"] == 90)
    let back = try await company.operatorClient.call(
      "tenant.set_plan",
      ["tenant": .string(company.slug), "plan": .string(company.slug), "dry_run": true])
    #expect(back["kept_shorter"] == [])
  }

  @Test("A key is honoured for as long as the plan says, and its row is gone afterwards")
  func keys() async throws {
    let rows = Statement("select count(*) from idempotency where tenant_id = $1::bigint")
    for (retention, hours) in [([:], 24), (["idempotency_hours": 72], 72)] as [(JSON, Int64)] {
      let scene = try await RetentionScene.make(retention)
      let request: JSONObject = ["name": "Client", "idempotency_key": "once"]
      let first = try await scene.company.owner.call("company.create", request)
      scene.pass(hours: hours - 1)
      try await scene.clearAway()
      #expect(try await scene.company.owner.call("company.create", request) == first)
      scene.pass(hours: 2)
      // Over before it is cleared away.
      let again = try await scene.company.owner.call("company.create", request)
      #expect(again.id != first.id)
      scene.pass(hours: hours + 1)
      #expect(try await scene.count(rows) == 1)
      try await scene.clearAway()
      #expect(try await scene.count(rows) == 0)
    }
  }

  @Test(
    "History of cards closed long ago goes; open cards, stays, reports and what is younger stay")
  func history() async throws {
    let scene = try await RetentionScene.make(["history_days": 60])
    let (company, pipeline) = (scene.company, scene.pipeline)
    func deal(_ title: JSON) async throws -> JSON {
      let id = try await company.owner.call(
        "deal.create", ["pipeline": .integer(pipeline.id), "title": title]
      )["id"]
      let stage = pipeline["stages"]?[1]?["id"] ?? .null
      try await company.owner.call("deal.move", ["id": id ?? .null, "stage": stage])
      try await company.owner.call("note.add", ["card": id ?? .null, "text": "Kept"])
      return id ?? .null
    }
    let reason = try await company.owner.call("reason.create", ["kind": "loss", "name": "Price"])
    func lose(_ id: JSON, by client: TestClient) async throws {
      try await client.call(
        "deal.lose", ["id": id, "reason": reason["id"] ?? .null, "comment": "Because"])
    }
    let (old, open, late) = (try await deal("Old"), try await deal("Open"), try await deal("Late"))
    try await lose(old, by: company.owner)
    scene.pass(days: 20)
    try await lose(late, by: company.owner)
    let funnel = { (client: TestClient) in
      try await client.call(
        "report.funnel",
        ["pipeline": .integer(pipeline.id), "from": "2020-01-01", "to": "2030-01-01"])
    }
    let before = try await funnel(company.owner)
    let stays = try await company.query(
      Statement("select s::text from stay s where s.tenant_id = $1::bigint order by 1"),
      .integer(company.id)
    ).map { try $0.string(0) }
    scene.pass(days: 45)
    let owner = try await scene.owner()
    let card = try await owner.call("deal.get", ["id": old])
    try await scene.clearAway()
    let left = { (id: JSON) in
      try await owner.call("deal.history", ["id": id]).texts("change")
    }
    #expect(try await left(old) == [])
    #expect(try await left(open) == ["created", "moved"])
    #expect(try await left(late) == ["created", "moved", "lost"])
    #expect(try await owner.call("deal.get", ["id": old]) == card)
    #expect(try await owner.call("note.list", ["card": old]).items.count == 1)
    #expect(try await funnel(owner)["totals"] == before["totals"])
    let staysNow = try await company.query(
      Statement("select s::text from stay s where s.tenant_id = $1::bigint order by 1"),
      .integer(company.id)
    ).map { try $0.string(0) }
    #expect(staysNow == stays)
    // A day later, and of many cards a few at a time.
    scene.pass(days: 31)
    let retention = PlanRetention(historyDays: 60)
    try await company.installation.dispatcher.expire(
      company.id, retention, at: company.installation.clock.now, batch: 1)
    let again = try await scene.owner()
    #expect(try await again.call("deal.history", ["id": late]).items == [])
    #expect(try await again.call("deal.history", ["id": open]).items.count == 2)
  }

  @Test("As long as a card may be reopened its history stays, whatever the plan says")
  func reopening() async throws {
    let scene = try await RetentionScene.make(["history_days": 1])
    let company = scene.company
    let deal = try await company.owner.call(
      "deal.create", ["pipeline": .integer(scene.pipeline.id), "title": "Deal"]
    )["id"]
    let reason = try await company.owner.call("reason.create", ["kind": "loss", "name": "Price"])
    try await company.owner.call(
      "deal.lose",
      ["id": deal ?? .null, "reason": reason["id"] ?? .null, "comment": "Because"])
    scene.pass(days: 29)
    try await scene.clearAway()
    let rows = Statement("select count(*) from card_history where tenant_id = $1::bigint")
    #expect(try await scene.count(rows) == 2)
    scene.pass(days: 2)
    try await scene.clearAway()
    #expect(try await scene.count(rows) == 0)
    let refusal = try await scene.owner().refusal("deal.reopen", ["id": deal ?? .null])
    #expect(refusal?.kind == "stage_rule")
  }

  @Test("Where the plan keeps all, nothing goes, nor of another company on another plan")
  func keptForEver() async throws {
    let scene = try await RetentionScene.make(["history_days": 1, "audit_days": 1])
    let other = try await scene.company.installation.company("other")
    let pipeline = try await other.pipeline("Sales")
    let reason = try await other.owner.call("reason.create", ["kind": "loss", "name": "Price"])
    for _ in 0..<3 {
      let deal = try await other.owner.call(
        "deal.create", ["pipeline": .integer(pipeline.id), "title": "Deal"])
      try await other.owner.call(
        "deal.lose",
        ["id": deal["id"] ?? .null, "reason": reason["id"] ?? .null, "comment": "Because"])
    }
    try await other.sealAudit()
    scene.pass(days: 900)
    try await scene.clearAway()
    for table in ["card_history", "audit"] {
      let database = other.installation.database
      let rows = try await database.connected(as: database.superuser) {
        try await $0.executeScript(
          "select count(*) from voronka.\(table) where tenant_id = \(other.id)")[0][0].integer(0)
      }
      #expect(rows >= 6, "\(table)")
    }
    let owner = try await other.installation.login("other", "owner@other.example")
    #expect(try await other.auditFindings(of: owner) == [])
  }
}
