internal import Features
internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("Deletion of companies")
struct DeletionTests {
  private static let day: Int64 = 86_400

  private func state(_ company: TestCompany) async throws -> JSON? {
    try await company.operatorClient.call("tenant.get", ["tenant": .string(company.slug)])["state"]
  }

  /// What a right and a wrong password, a token and an open connection are answered.
  private func answers(_ company: TestCompany, token: JSON) async throws -> [RPCError?] {
    let login: (String) -> JSONObject = { password in
      [
        "tenant": .string(company.slug), "email": .string("owner@\(company.slug).example"),
        "password": .string(password),
      ]
    }
    let client = { company.installation.client() }
    return [
      try await client().refusal("auth.login", login(TestCompany.password)),
      try await client().refusal("auth.token", ["token": token]),
      try await company.owner.refusal("auth.whoami"),
      try await client().refusal("auth.login", login("wrong guess")),
    ]
  }

  private func token(_ company: TestCompany) async throws -> JSON {
    let answer = try await company.installation.client().call(
      "auth.login",
      [
        "tenant": .string(company.slug), "email": .string("owner@\(company.slug).example"),
        "password": .string(TestCompany.password),
      ])
    return try #require(answer["token"])
  }

  @Test("A suspended and a deleted company answer 1041 with their state, whatever the way in")
  func lockedOut() async throws {
    for (method, state) in [("tenant.suspend", "suspended"), ("tenant.delete", "deleted")] {
      let company = try await TestInstallation.make().company()
      let token = try await token(company)
      try await company.operatorClient.call(method, ["tenant": "mebel"])
      let answers = try await answers(company, token: token)
      for answer in answers.prefix(3) {
        #expect(answer?.code == 1041 && answer?["state"] == .string(state), "\(method)")
      }
      #expect(answers[3]?.kind == "unauthenticated")
    }
  }

  @Test("Within its grace a deleted company comes back as it was, to whoever logs in anew")
  func restoring() async throws {
    let company = try await TestInstallation.make().company(template: "first_line_and_seniors")
    let token = try await token(company)
    let operatorClient = company.operatorClient
    let before = try await TenantRows(company).fingerprints()
    let deleted = try await operatorClient.call("tenant.delete", ["tenant": "mebel"])
    #expect(deleted["state"] == "deleted")
    #expect(deleted["purge_at"]?.string?.hasPrefix("2026-07-01T09:00:00") == true)
    for method in ["tenant.suspend", "tenant.resume"] {
      #expect(try await operatorClient.refusal(method, ["tenant": "mebel"])?.kind == "conflict")
    }
    #expect(
      try await operatorClient.refusal("tenant.set_plan", ["tenant": "mebel", "plan": "mebel"])?
        .kind == "conflict")
    company.installation.clock.advance(seconds: 30 * Self.day - 1)
    try await company.installation.dispatcher.clearAway()
    let restored = try await operatorClient.call("tenant.restore", ["tenant": "mebel"])
    #expect(restored["state"] == "active" && restored["purge_at"] == nil)
    var after = try await TenantRows(company).fingerprints()
    for table in ["tenant", "id_block"] { after[table] = before[table] }
    #expect(after == before)
    #expect(
      try await company.installation.client().refusal("auth.token", ["token": token])?.kind
        == "unauthenticated")
    let owner = try await company.installation.login("mebel", "owner@mebel.example")
    #expect(try await owner.call("pipeline.list").items.count == 3)
    // Restored once more, nothing happens.
    #expect(try await operatorClient.call("tenant.restore", ["tenant": "mebel"]) == restored)
  }

  @Test("A company that was suspended when it was deleted comes back suspended")
  func restoringSuspended() async throws {
    let company = try await TestInstallation.make().company()
    for method in ["tenant.suspend", "tenant.delete", "tenant.delete", "tenant.restore"] {
      try await company.operatorClient.call(method, ["tenant": "mebel"])
    }
    #expect(try await state(company) == "suspended")
    try await company.operatorClient.call("tenant.resume", ["tenant": "mebel"])
    _ = try await company.installation.login("mebel", "owner@mebel.example")
  }

  @Test("A dry run and a wrong version delete nothing")
  func dryRun() async throws {
    let company = try await TestInstallation.make().company()
    let dry = try await company.operatorClient.call(
      "tenant.delete", ["tenant": "mebel", "dry_run": true, "grace_days": 1])
    #expect(dry["purge_at"]?.string?.hasPrefix("2026-06-02T09:00:00") == true)
    let conflict = try await company.operatorClient.refusal(
      "tenant.delete", ["tenant": "mebel", "if_version": 99])
    #expect(conflict?.kind == "conflict")
    #expect(try await state(company) == "active")
    #expect(try await company.owner.refusal("auth.whoami") == nil)
  }

  @Test("After its grace a company is gone from every table, its neighbour whole, its slug free")
  func purge() async throws {
    let scene = try await IsolationScene.make()
    let (company, installation) = (scene.company, scene.company.installation)
    try await fill(scene)
    let (own, others) = (TenantRows(company), TenantRows(scene.otherCompany))
    let filled = try await own.counts()
    // What has no row here proves nothing about its table: fill it above, or say why it can't be.
    let unproved = filled.filter { $0.value == 0 }.keys.sorted()
    #expect(unproved == ["tenant_import"])
    let neighbour = try await others.counts()
    try await company.operatorClient.call(
      "tenant.delete", ["tenant": .string(company.slug), "grace_days": 3])
    installation.clock.advance(seconds: 3 * Self.day)
    #expect(
      try await company.operatorClient.refusal(
        "tenant.restore", ["tenant": .string(company.slug)])?.kind == "conflict")
    try await installation.dispatcher.clearAway()
    #expect(try await own.counts().filter { $0.value != 0 } == [:])
    #expect(
      try await own.text("select count(*) from voronka.tenant where id = \(company.id)") == "0")
    var after = try await others.counts()
    // What had run out meanwhile is cleared away by the same round.
    for table in ["idempotency", "session", "event_head"] { after[table] = neighbour[table] }
    #expect(after == neighbour)
    #expect(
      try await company.operatorClient.refusal(
        "tenant.get", ["tenant": .string(company.slug)])?.kind == "not_found")
    #expect(try await company.owner.refusal("auth.whoami")?.kind == "unauthenticated")
    // The slug is free; the number is not given again.
    let created = try await company.operatorClient.call(
      "tenant.create",
      [
        "slug": .string(company.slug), "name": "Новая", "plan": .string(company.slug),
        "admin": ["email": "a@alpha.example", "name": "A", "password": "correct horse"],
      ])
    #expect((created["tenant"]?.id ?? 0) > scene.otherCompany.id)
  }

  /// Rows in those tables that the scene leaves empty.
  private func fill(_ scene: IsolationScene) async throws {
    let owner = scene.company.owner
    try await owner.call("company.create", ["name": "Keyed", "idempotency_key": "key"])
    let merged = try await owner.call("contact.create", ["name": "Merged"])
    try await owner.call(
      "contact.merge", ["id": .integer(scene.own.contact), "from": [.integer(merged.id)]])
    try await owner.call(
      "import.rows",
      [
        "import": .integer(scene.own.importRecord), "kind": "company",
        "rows": [["line": 2, "external_id": "1", "name": "Imported"]],
      ])
    try await owner.call(
      "team.add_member", ["team": .integer(scene.own.team), "user": .integer(scene.own.user)])
    // What is to be indexed waits until the server gets to it.
    try await owner.call(
      "field.update", ["id": .integer(scene.own.field), "searchable": true])
    try await owner.call(
      "deal.set_lines",
      [
        "id": .integer(scene.own.deal),
        "lines": [
          [
            "product": .integer(scene.own.product), "quantity": 1,
            "price": ["amount": "5", "currency": "RUB"],
          ]
        ],
      ])
    try await owner.call("invoice.pay", ["id": .integer(scene.own.invoice)])
    try await owner.call(
      "card.pause",
      ["id": .integer(scene.own.deal), "until": "2026-07-01", "reason": "Holiday"])
    try await owner.call("user.invite", ["email": "new@alpha.example", "name": "New"])
    try await scene.company.installation.operatorClient().call(
      "auth.assume",
      [
        "tenant": .string(scene.company.slug), "user": .integer(scene.own.user),
        "reason": "Ticket 17",
      ])
    // Somebody of the team takes their turn.
    let me = try await owner.call("auth.whoami")["principal"]?["user"]?["id"] ?? .null
    try await owner.call("team.add_member", ["team": .integer(scene.own.team), "user": me])
    try await owner.call(
      "deal.assign",
      ["id": .integer(scene.own.deal), "to": ["team": .integer(scene.own.team)]])
    try await owner.call("event.subscribe")
    try await scene.company.sealAudit()
  }

  @Test(
    "A purge that is broken off after any batch goes on later, and there is no way back from it")
  func restart() async throws {
    let scene = try await IsolationScene.make()
    let (company, installation) = (scene.company, scene.company.installation)
    try await company.operatorClient.call(
      "tenant.delete", ["tenant": .string(company.slug), "grace_days": 1])
    installation.clock.advance(seconds: Self.day)
    let moment = installation.clock.now.description
    let batch = { (scope: String) in
      try await installation.database.connected(as: installation.database.application) {
        try await $0.executeScript(
          """
          select set_config('voronka.scope', '\(scope)', true);
          select purge_tenant(\(company.id), '\(moment)', 3);
          """)[1][0].integerIfPresent(0)
      }
    }
    await #expect(throws: PostgresError.self) { _ = try await batch("") }
    var last = try await TenantRows(company).counts().values.reduce(0, +)
    for _ in 0..<5 {
      let taken = try #require(try await batch("operator"))
      #expect(taken >= 3)
      let left = try await TenantRows(company).counts().values.reduce(0, +)
      #expect(left == last - taken)
      last = left
    }
    #expect(try await state(company) == "purging")
    #expect(
      try await company.operatorClient.refusal(
        "tenant.restore", ["tenant": .string(company.slug)])?.kind == "conflict")
    #expect(
      try await company.operatorClient.refusal(
        "tenant.delete", ["tenant": .string(company.slug)])?.kind == "conflict")
    try await installation.dispatcher.clearAway()
    #expect(try await TenantRows(company).counts().values.allSatisfy { $0 == 0 })
    #expect(try await batch("operator") == nil)
  }

  @Test("A company deleted without grace is gone with the answer, and its slug is free")
  func withoutGrace() async throws {
    let scene = try await IsolationScene.make()
    let company = scene.company
    let delete: JSONObject = ["tenant": .string(company.slug), "grace_days": 0]
    var trial = delete
    trial["dry_run"] = true
    try await company.operatorClient.call("tenant.delete", trial)
    #expect(try await state(company) == "active")
    let usage: JSONObject = ["tenant": .string(company.slug)]
    #expect(try await company.operatorClient.refusal("tenant.usage", usage) == nil)
    try await company.operatorClient.call("tenant.delete", delete)
    #expect(try await TenantRows(company).counts().values.allSatisfy { $0 == 0 })
    let refusal = try await company.operatorClient.refusal("tenant.usage", usage)
    #expect(refusal?.kind == "not_found")
    #expect(try await company.operatorClient.call("tenant.list").texts("slug") == ["zulu"])
    #expect(try await company.owner.refusal("auth.whoami") != nil)
    try await company.operatorClient.call(
      "tenant.create",
      [
        "slug": .string(company.slug), "name": "New", "plan": .string(company.slug),
        "admin": ["email": "a@new.example", "name": "A", "password": "correct horse"],
      ])
    // The other company is whole.
    #expect(try await scene.otherCompany.owner.call("contact.list").items.count == 4)
  }

  @Test("A company that is not deleted, or has grace left, is never purged, whoever asks")
  func notDue() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let purge = { (moment: String) in
      try await installation.database.connected(as: installation.database.application) {
        try await $0.executeScript(
          """
          select set_config('voronka.scope', 'operator', true);
          select purge_tenant(\(company.id), '\(moment)', 1000);
          """)[1][0].integerIfPresent(0)
      }
    }
    #expect(try await purge("2999-01-01") == nil)
    try await company.operatorClient.call("tenant.delete", ["tenant": "mebel"])
    #expect(try await purge("2026-06-02") == nil)
    try await company.operatorClient.call("tenant.restore", ["tenant": "mebel"])
    #expect(try await purge("2999-01-01") == nil)
    #expect(try await state(company) == "active")
  }
}
