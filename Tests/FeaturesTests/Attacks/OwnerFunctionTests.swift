internal import JSON
internal import Postgres
internal import TestSupport
internal import Testing

/// Attack 3: what works with the owner's rights is no way round the policies.
@Suite("Attacks by the owner's functions and by views")
struct OwnerFunctionTests {
  /// The functions that work with the owner's rights, each called with everything of a company's own and
  /// the other company's number: what comes of it, and what it would have changed.
  private static func attempts(
    _ theirs: Int64, _ things: CompanyThings
  ) -> [String: (call: String, nothing: Set<String>)] {
    let moments = "'{2026-06-01T09:00:00Z}', '{1}', '{1}'"
    return [
      "hold_contact_points": (
        "select hold_contact_points(\(theirs), '{+79160000001}', '{}')", ["42501"]
      ),
      "purge_tenant": ("select purge_tenant(\(theirs), '2999-01-01', 10)", ["42501"]),
      "erase_audit": (
        "select erase_audit(\(theirs), \(moments), '{x}', '{x}', now(), 'k', '{x}')", ["0"]
      ),
      "erase_history": (
        "select erase_history(\(theirs), '{\(things.deal)}', '{1}', '{\"{}\"}')", ["0"]
      ),
      "expire_history": (
        "select removed from expire_history(\(theirs), '2999-01-01', 0, 1000)", ["0"]
      ),
      "erase_notes": ("select erase_notes(\(theirs), '{1,5000,5001}', '{x,x,x}')", ["0"]),
      "give_cards": (
        "select give_cards(\(theirs), \(things.firstStage), \(things.emptyPipeline), "
          + "\(things.emptyStage), now())", ["0"]
      ),
      "remove_merged_companies": (
        "select remove_merged_companies(\(things.company), '{\(things.idleCompany)}')", ["42501"]
      ),
      "remove_merged_contacts": (
        "select remove_merged_contacts(\(things.contact), '{\(things.idleContact)}')", ["42501"]
      ),
      "settle_activities": (
        "select settle_activities(\(theirs), '{\(things.deal)}')", ["42501"]
      ),
      "remove_audit": (
        "select remove_audit(\(theirs), 1, '2999-01-01', 'k', 'x')", ["0", ""]
      ),
    ]
  }

  @Test("No function of the owner's does anything to another company's rows, whatever it is told")
  func functions() async throws {
    let sql = DirectSQL(scene: try await IsolationScene.make())
    try await sql.scene.otherCompany.sealAudit()
    let attempts = Self.attempts(sql.theirs, sql.scene.others)
    let there = try await sql.truth(
      """
      select string_agg(proname, ' ' order by proname)
      from pg_proc
      where pronamespace = 'voronka'::regnamespace
        and prosecdef
      """)
    // Whoever adds one says here how it would be abused.
    #expect(there == attempts.keys.sorted().joined(separator: " "))
    let before = try await state(sql)
    for (name, attempt) in attempts {
      let outcome = try await sql.asUs("set search_path to voronka; " + attempt.call + ";")
      let came = outcome.state ?? outcome.columns.last?.first ?? ""
      #expect(attempt.nothing.contains(came), "\(name): \(outcome)")
    }
    #expect(try await state(sql) == before)
    // Control: one's own notes it does change.
    let own = try await sql.truth(
      "select id from voronka.note where tenant_id = \(sql.ours) limit 1")
    let done = try await sql.asUs("select voronka.erase_notes(\(sql.ours), '{\(own)}', '{x}');")
    #expect(done.columns.last == ["1"])
  }

  /// The other company's rows that the functions could have reached.
  private func state(_ sql: DirectSQL) async throws -> [String] {
    var state: [String] = []
    for table in ["audit", "audit_seal", "note", "card_history", "card", "contact"] {
      state.append(
        try await sql.truth(
          """
          select md5(string_agg(t::text, ' ' order by t::text)) || count(*)
          from voronka.\(table) t
          where tenant_id = \(sql.theirs)
          """))
    }
    return state
  }

  @Test("Functions with the caller's rights tell a company nothing of another")
  func callersRights() async throws {
    let sql = DirectSQL(scene: try await IsolationScene.make())
    for table in try await sql.tables() where table != "audit" && table != "audit_seal" {
      let page = try await sql.asUs(
        "select line from voronka.export_page('\(table)', null, 1000000);")
      let told = (page.columns.last ?? []).filter { $0.contains("Zulu") }
      #expect(told == [], "\(table)")
    }
    let user = sql.scene.others.user
    let rights = try await sql.asUs(
      "select count(*) from voronka.compiled_rights(\(sql.theirs), \(user)) "
        + "where stages <> '{}' or people <> '{}';")
    #expect(rights.columns.last == ["0"])
    #expect(try await sql.asUs("select voronka.audit_epoch(\(sql.theirs));").columns.last == ["0"])
    // Control: of one's own company they tell.
    let own = try await sql.asUs("select line from voronka.export_page('contact', null, 100);")
    #expect((own.columns.last ?? []).contains { $0.contains("Alpha") })
  }

  @Test("A view of the owner's would be bound by the policies; one of a superuser's would not")
  func views() async throws {
    let sql = DirectSQL(scene: try await IsolationScene.make())
    let database = sql.scene.company.installation.database
    let count = "select count(*) from voronka.every_contact where tenant_id = \(sql.theirs);"
    let view = """
      create view voronka.every_contact as select * from voronka.contact;
      grant select on voronka.every_contact to voronka_app;
      """
    try await database.connected(as: database.owner) { _ = try await $0.executeScript(view) }
    #expect(try await sql.asUs(count).columns.last == ["0"])
    // Control, and the reason why the catalog test lets nobody make views at all.
    try await database.connected(as: database.superuser) {
      _ = try await $0.executeScript("drop view voronka.every_contact; " + view)
    }
    #expect(try await sql.asUs(count).columns.last != ["0"])
  }
}
