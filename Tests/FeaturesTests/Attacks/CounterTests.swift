internal import JSON
internal import Postgres
internal import TestSupport
internal import Testing

/// Attacks 6 and 8: what one company learns of another from numbers, estimates, and what predicates say.
@Suite("Attacks by counters, estimates and leaky predicates")
struct CounterTests {
  @Test("Whatever another company does, one's own numbers go on one by one")
  func numbers() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company("alpha")
    let other = try await installation.company("zulu")
    let pipelines = (try await company.pipeline("Own"), try await other.pipeline("Other"))
    func make(_ company: TestCompany, _ pipeline: JSON) async throws -> [Int64] {
      let owner = company.owner
      let card = try await owner.call(
        "deal.create", ["pipeline": .integer(pipeline.id), "title": "Deal"]
      ).id
      let seller = try await company.user("u\(card)x\(company.slug)").id
      return [
        card, try await owner.call("contact.create", ["name": "Client"]).id,
        try await owner.call("company.create", ["name": "Client"]).id,
        try await owner.call("note.add", ["card": .integer(card), "text": "Note"]).id,
        try await company.team("Team \(card)"), seller,
      ]
    }
    var last = try await make(company, pipelines.0)
    for _ in 0..<3 {
      for _ in 0..<12 { _ = try await make(other, pipelines.1) }
      let next = try await make(company, pipelines.0)
      #expect(next == last.map { $0 + 1 })
      last = next
    }
    // Control: the other company's have moved on by all of its own.
    #expect(try await make(other, pipelines.1)[1] == 37)
  }

  @Test(
    "No sequence is there to be read, and statistics tell the role nothing of what is in a column")
  func estimates() async throws {
    let sql = DirectSQL(scene: try await IsolationScene.make())
    let database = sql.scene.company.installation.database
    try await database.connected(as: database.superuser) {
      _ = try await $0.executeScript("analyze;")
    }
    for (attempt, whole) in [
      ("select count(*) from pg_sequences where schemaname = 'voronka'", "pg_sequences"),
      (
        "select count(*) from pg_stats where schemaname = 'voronka' and tablename <> 'plan' "
          + "and tablename <> 'migration' and tablename <> 'tenant_version'", "pg_stats"
      ),
      ("select count(*) from pg_stats_ext where schemaname = 'voronka'", "pg_stats_ext"),
    ] {
      #expect(try await sql.asUs(attempt + ";").columns.last == ["0"], "\(whole)")
    }
    #expect(try await sql.asUs("select * from pg_statistic;").state == "42501")
    // Control: they are there for a superuser.
    #expect(
      try await sql.truth("select count(*) from pg_stats where schemaname = 'voronka'") != "0")
  }

  @Test(
    "A predicate that tells what it is given is given one's own rows alone, however cheap it is")
  func predicates() async throws {
    let sql = DirectSQL(scene: try await IsolationScene.make())
    let database = sql.scene.company.installation.database
    try await database.connected(as: database.superuser) {
      _ = try await $0.executeScript(
        """
        create function voronka.spy(word text, told text) returns boolean
        language plpgsql cost 0.0000001
        as $$
        begin
          if told ilike '%' || word || '%' then
            raise exception '%', told;
          end if;
          return true;
        end
        $$;
        create operator voronka.%% (leftarg = text, rightarg = text, function = voronka.spy);
        grant execute on function voronka.spy(text, text) to voronka_app;
        """)
    }
    for (table, column) in [
      ("contact", "name"), ("card", "title"), ("note", "text"), ("user_account", "email"),
      ("company", "name"), ("pipeline", "name"),
      ("audit", "after"), ("tenant", "slug"),
    ] {
      let condition = { (word: String) in
        [
          "select 1 from voronka.\(table) where voronka.spy('\(word)', \(column));",
          "select 1 from voronka.\(table) where '\(word)' operator(voronka.%%) \(column);",
          "select 1 from voronka.\(table) order by voronka.spy('\(word)', \(column));",
          "select count(*) filter (where voronka.spy('\(word)', \(column))) "
            + "from voronka.\(table);",
        ]
      }
      for attempt in condition("zulu") {
        #expect(try await sql.asUs(attempt).state == nil, "\(attempt)")
      }
      // Control: of one's own rows it tells.
      for attempt in condition("alpha") {
        #expect(try await sql.asUs(attempt).state == "P0001", "\(attempt)")
      }
    }
  }

  @Test("The text of an error says nothing of another company's row, though it was in the way")
  func errorTexts() async throws {
    let scene = try await IsolationScene.make()
    let (sql, other) = (DirectSQL(scene: scene), scene.others)
    let database = scene.company.installation.database
    for attempt in [
      "insert into voronka.user_account (tenant_id, id, email, name, role, created_at) values "
        + "(\(sql.ours), 888, '\(other.email)', 'x', 'member', now())",
      "insert into voronka.contact (tenant_id, id, name, created_at) values "
        + "(\(sql.theirs), \(other.contact), 'x', now())",
      "update voronka.contact set company_id = \(other.company) where id = \(scene.own.contact)",
      "update voronka.tenant set name = name || 1/(id - \(sql.theirs))",
    ] {
      do {
        try await database.connected(as: database.application) {
          _ = try await $0.executeScript(sql.context("\(sql.ours)") + attempt + "; rollback;")
        }
      } catch let error as PostgresError {
        #expect(!"\(error) \(error.message)".contains("Zulu"), "\(attempt)")
      }
    }
  }
}
