internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

/// What the audit keeps, and who sees it.
@Suite("Audit")
struct AuditTests {
  @Test("A row says who did what, from where, to what, and how that was before and after")
  func oneRow() async throws {
    let floor = try await SalesFloor.make()
    let deal = try await floor.company.owner.call(
      "deal.create", ["title": "Кухня", "pipeline": floor.general["id"] ?? .null])
    try await floor.company.owner.call(
      "deal.move", ["id": .integer(deal.id), "stage": floor.stage(1, of: floor.general)])
    let row = try #require(
      try await floor.company.audit(["noun": "deal", "subject": .integer(deal.id)]).first)
    #expect(row["method"] == "deal.move")
    #expect(row["subject"] == .integer(deal.id))
    #expect(row["address"] == "127.0.0.1")
    #expect(row["who"]?["kind"] == "user" && row["who"]?["user"] == 1)
    #expect(row["who"]?["session"]?.int64 != nil)
    #expect(row["at"] == .string(floor.company.installation.clock.now.description))
    #expect(row["before"]?["stage"] == floor.stage(0, of: floor.general))
    #expect(row["after"]?["stage"] == floor.stage(1, of: floor.general))
    #expect(row["after"]?["version"] == 2)
  }

  @Test("Who hands over into a pipeline without seeing it leaves the whole card in the audit")
  func handOver() async throws {
    let floor = try await SalesFloor.make()
    let lead = try await floor.lead()
    let converted = try await floor.first.client.call(
      "lead.convert", ["id": .integer(lead.id), "pipeline": floor.general["id"] ?? .null])
    #expect(converted["deal"]?["title"] == nil)
    let row = try #require(try await floor.company.audit(["method": "lead.convert"]).first)
    #expect(row["after"]?["deal"]?["title"] == "Кухня")
    #expect(row["before"]?["outcome"] == "open")
  }

  @Test("Nothing that is secret is in it: no password, no token")
  func secrets() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let user = try await company.user("boris")
    try await company.owner.call(
      "user.update", ["id": .integer(user.id), "password": "a very new password"])
    try await company.owner.call(
      "auth.change_password", ["current": .string(TestCompany.password), "new": "mine alone now"])
    let session = try await installation.client().call(
      "auth.login",
      [
        "tenant": .string(company.slug), "email": .string(company.email("boris")),
        "password": "a very new password",
      ])
    let token = try #require(session["token"]?.string)
    let texts = try await company.query(
      Statement("select a::text from audit a where tenant_id in (0, $1::bigint)"),
      .integer(company.id))
    #expect(texts.count > 6)
    for row in texts {
      let text = try row.string(0)
      for secret in [TestCompany.password, "a very new password", "mine alone now", token] {
        #expect(!text.contains(secret))
      }
    }
    let change = try #require(try await company.audit(["method": "user.update"]).first)
    #expect(change["after"]?["password_changed"] == true)
    let login = try #require(try await company.audit(["method": "auth.login"]).first)
    #expect(login["after"] == .null && login["subject"] == .integer(user.id))
    #expect(login["who"]?["user"] == .integer(user.id))
  }

  @Test("What changes nothing leaves no row: refused, repeated, tried out, the same again")
  func nothing() async throws {
    let company = try await TestInstallation.make().company()
    let before = try await company.audit().count
    let request: JSONObject = ["name": "Клиент", "idempotency_key": "once"]
    let client = try await company.owner.call("company.create", request)
    try await company.owner.call("company.create", request)
    try await company.owner.call("company.delete", ["id": .integer(client.id), "dry_run": true])
    _ = try await company.owner.refusal("company.delete", ["id": 77])
    _ = try await company.owner.refusal(
      "company.update", ["id": .integer(client.id), "name": "Другой", "if_version": 9])
    #expect(try await company.audit().count == before + 1)
  }

  @Test("What the operator does to a company stands in its own audit and in the installation's")
  func byOperator() async throws {
    let company = try await TestInstallation.make().company()
    try await company.operatorClient.call(
      "tenant.update", ["tenant": .string(company.slug), "name": "Новое имя"])
    let own = try #require(try await company.audit(["noun": "tenant"]).first)
    #expect(own["method"] == "tenant.update" && own["who"]?["kind"] == "operator")
    #expect(own["before"]?["name"] == "Мебель-Сити" && own["after"]?["name"] == "Новое имя")
    let all = try await company.operatorClient.call("audit.list")
    #expect(
      all.items.compactMap { $0["method"]?.string } == [
        "tenant.update", "tenant.create", "plan.create",
      ])
    #expect(try await company.operatorClient.call("audit.verify")["ok"] == true)
  }

  @Test("An import has a row for each of its steps, none for each card")
  func imports() async throws {
    let imported = try await ImportedCompany.make()
    try await imported.send(
      "deal",
      (1...5).map { number in
        [
          "external_id": .string("d\(number)"), "title": .string("Deal \(number)"), "stage": "A",
          "created_at": "2026-01-10",
        ]
      })
    try await imported.company.owner.call("import.finish", ["id": .integer(imported.id)])
    try await imported.company.owner.call("import.undo", ["id": .integer(imported.id)])
    let rows = try await imported.company.audit(["noun": "import"])
    #expect(
      rows.compactMap { $0["method"]?.string } == [
        "import.undo", "import.undo", "import.finish", "import.rows", "import.begin",
      ])
    #expect(rows.allSatisfy { $0["subject"] == .integer(imported.id) })
    #expect(rows[3]["after"]?["accepted"] == 5)
    #expect(rows[0]["after"]?["removed"]?["deal"] == 5)
  }

  @Test("Filters and pages: by time, user, method and subject, each row once, the newest first")
  func listing() async throws {
    let company = try await TestInstallation.make().company()
    let admin = try await company.user("admin", role: "admin")
    let clock = company.installation.clock
    let start = clock.now
    for number in 1...7 {
      clock.advance(seconds: 60)
      let client = number.isMultiple(of: 2) ? admin.client : company.owner
      try await client.call("company.create", ["name": .string("Client \(number)")])
    }
    let created: JSONObject = ["method": "company.create", "limit": 2]
    let all = try await company.owner.all("audit.list", created)
    #expect(
      all.compactMap { $0["after"]?["name"]?.string }
        == (1...7).reversed().map { "Client \($0)" })
    let byAdmin = try await company.audit(["method": "company.create", "user": .integer(admin.id)])
    #expect(byAdmin.count == 3)
    let window = try await company.audit([
      "noun": "company", "from": .string(start.adding(seconds: 120).description),
      "to": .string(start.adding(seconds: 240).description),
    ])
    #expect(window.compactMap { $0["after"]?["name"]?.string } == ["Client 3", "Client 2"])
    #expect(try await company.audit(["noun": "company", "subject": 5]).count == 1)
    #expect(try await company.owner.refusal("audit.list", ["subject": 5])?.kind == "invalid_params")
    #expect(try await company.owner.refusal("audit.list", ["after": "x"])?.kind == "invalid_params")
  }

  @Test("Members do not see it, nor does another company")
  func sight() async throws {
    let scene = try await IsolationScene.make()
    let member = try await scene.company.user("boris")
    for method in ["audit.list", "audit.verify"] {
      #expect(try await member.client.refusal(method)?.data.first { $0.0 == "needs" }?.1 == "admin")
    }
    let text = try await scene.company.owner.call("audit.list", ["limit": 500]).description
    #expect(text.contains("Alpha") && !text.contains("Zulu"))
  }

  @Test("The application's role can't change or remove a row, whatever its context")
  func appendOnly() async throws {
    let sql = DirectSQL(scene: try await IsolationScene.make())
    for attempt in [
      "update voronka.audit set after = null;", "delete from voronka.audit;",
      "truncate voronka.audit;", "update voronka.audit_seal set rows = 0;",
      "delete from voronka.audit_seal;",
    ] {
      #expect(try await sql.asUs(attempt).state == "42501", "\(attempt)")
    }
    // Control: it may read and write.
    #expect(try await sql.asUs("select count(*) from voronka.audit;").columns.last != ["0"])
    // The functions reach no further than the context.
    let others = try await sql.truth(
      "select count(*) from voronka.audit where tenant_id = \(sql.theirs) and after is not null")
    let outcome = try await sql.asUs(
      """
      select voronka.erase_audit(\(sql.theirs), array_agg(at), array_agg(writer), array_agg(number),
        array_agg(mac), array_agg(mac), now(), 'x', array_agg(mac))
      from voronka.audit;
      """)
    #expect(outcome.state == nil && outcome.columns.last == ["0"])
    #expect(
      try await sql.truth(
        "select count(*) from voronka.audit where tenant_id = \(sql.theirs) and after is not null")
        == others)
  }
}
