internal import JSON
internal import Postgres
internal import TestSupport
internal import Testing

/// The second lock alone: what the application's role can do in the database by statements of any
/// kind, with a company's context and without one.
@Suite("Attacks by direct SQL")
struct DirectSQLTests {
  private func attacker() async throws -> DirectSQL {
    DirectSQL(scene: try await IsolationScene.make())
  }

  @Test("No context, an empty one and another installation's see nothing; garbage raises")
  func contexts() async throws {
    let sql = try await attacker()
    let tables = try await sql.tables()
    #expect(tables.count > 15)
    for table in tables {
      let count = "select count(*) from voronka.\(table);"
      #expect(try await sql.run(count).columns == [["0"]], "\(table)")
      for tenant in ["", "-1", "999999"] {
        let outcome = try await sql.run(sql.context(tenant) + count)
        #expect(outcome.columns.last == ["0"], "\(table) with \(tenant)")
      }
      for garbage in ["x", "1;2", "1 or true", "{1}", "1.5", "99999999999999999999"] {
        let outcome = try await sql.run(sql.context(garbage) + count)
        #expect(["22P02", "22003"].contains(outcome.state), "\(table) with \(garbage)")
      }
    }
    // Control: with a context there is something to see.
    #expect(try await sql.asUs("select count(*) from voronka.card;").columns.last != ["0"])
  }

  @Test("A company's context shows no row of another in any table, however it is asked for")
  func readsOfOthers() async throws {
    let sql = try await attacker()
    for table in try await sql.tables() {
      let total = try await sql.truth(
        "select count(*) from voronka.\(table) where tenant_id = \(sql.theirs)")
      for condition in ["tenant_id <> \(sql.ours)", "tenant_id = \(sql.theirs)", "true"] {
        let seen = try await sql.asUs(
          "select count(*) from voronka.\(table) where (\(condition)) and tenant_id <> \(sql.ours);"
        )
        #expect(seen.columns.last == ["0"], "\(table), where there are \(total)")
      }
    }
    #expect(
      try await sql.truth("select count(*) from voronka.card where tenant_id = \(sql.theirs)")
        != "0")
  }

  @Test("A context ends with its transaction, also one that failed")
  func contextEnds() async throws {
    let sql = try await attacker()
    let database = sql.scene.company.installation.database
    try await database.connected(as: database.application) { connection in
      let count = "select count(*) from voronka.card;"
      let first = try await DirectSQL.run(sql.context("\(sql.ours)") + count, on: connection)
      #expect(first.columns.last != ["0"])
      #expect(try await DirectSQL.run(count, on: connection).columns == [["0"]])
      let failed = try await DirectSQL.run(
        sql.context("\(sql.ours)") + "select 1/0;", on: connection)
      #expect(failed.state == "22012")
      #expect(try await DirectSQL.run(count, on: connection).columns == [["0"]])
    }
  }

  @Test("Rows of another company are not changed by update, delete, merge or a CTE")
  func writes() async throws {
    let sql = try await attacker()
    let theirs = "tenant_id = \(sql.theirs)"
    let before = try await sql.truth("select count(*) from voronka.contact where \(theirs)")
    let attempts = [
      "update voronka.contact set name = 'taken' where \(theirs);",
      "update voronka.contact set name = 'taken' where tenant_id <> \(sql.ours);",
      "delete from voronka.contact where tenant_id <> \(sql.ours);",
      "with x as (update voronka.contact set name = 'taken' where \(theirs) returning 1) "
        + "select count(*) from x;",
      "with x as (delete from voronka.card where \(theirs) returning 1) select count(*) from x;",
      "merge into voronka.contact c using (values (\(sql.theirs)::bigint)) v(t) on c.tenant_id = v.t "
        + "when matched then update set name = 'taken';",
      "merge into voronka.contact c using (values (\(sql.theirs)::bigint)) v(t) on c.tenant_id = v.t "
        + "when matched then delete;",
      "update voronka.contact c set name = 'taken' from voronka.card k where k.contact_id = c.id "
        + "and k.\(theirs);",
    ]
    for attempt in attempts {
      let outcome = try await sql.asUs(attempt)
      #expect(outcome.state == nil, "\(attempt)")
      #expect(outcome.columns.last ?? [] == [] || outcome.columns.last == ["0"], "\(attempt)")
    }
    #expect(
      try await sql.truth("select count(*) from voronka.contact where \(theirs)") == before)
    #expect(
      try await sql.truth("select count(*) from voronka.contact where name = 'taken'") == "0")
    // Control: one's own are.
    _ = try await sql.asUs("update voronka.contact set name = 'own' where tenant_id = \(sql.ours);")
    #expect(try await sql.truth("select count(*) from voronka.contact where name = 'own'") != "0")
  }

  @Test("No row is put into another company or carried over to it")
  func crossing() async throws {
    let sql = try await attacker()
    let (own, other) = (sql.scene.own, sql.scene.others)
    let attempts = [
      "insert into voronka.contact (tenant_id, id, name, created_at) "
        + "values (\(sql.theirs), 777, 'x', now());",
      "insert into voronka.note (tenant_id, id, card_id, text, created_at) "
        + "values (\(sql.theirs), 777, \(other.deal), 'x', now());",
      "insert into voronka.session (tenant_id, id, user_id, secret_hash, created_at, expires_at) "
        + "values (\(sql.theirs), 777, 1, '', now(), now() + interval '1 day');",
      "insert into voronka.idempotency (tenant_id, principal, key, request_hash, answer, created_at) "
        + "values (\(sql.theirs), 'user:1', 'k', '', '{}', now());",
      "merge into voronka.contact c using (values (1)) v(x) on false when not matched then "
        + "insert (tenant_id, id, name, created_at) values (\(sql.theirs), 778, 'x', now());",
      "update voronka.card set tenant_id = \(sql.theirs) where id = \(own.deal);",
      "update voronka.contact set tenant_id = \(sql.theirs) where id = \(own.contact);",
      "update voronka.user_account set tenant_id = \(sql.theirs);",
      "update voronka.idempotency set tenant_id = \(sql.theirs);",
    ]
    _ = try await sql.scene.company.owner.call(
      "company.create", ["name": "Keyed", "idempotency_key": "k"])
    for attempt in attempts {
      #expect(try await sql.asUs(attempt).state == "42501", "\(attempt)")
    }
  }

  @Test("Upserts, unique constraints and foreign keys do not tell what another company has")
  func oracles() async throws {
    let sql = try await attacker()
    let (other, never) = (sql.scene.others, CompanyThings.never)
    let same = { (statement: (CompanyThings) -> String) async throws -> DirectSQL.Outcome in
      let there = try await sql.asUs(statement(other))
      let nowhere = try await sql.asUs(statement(never))
      #expect(there == nowhere, "\(statement(other))")
      return there
    }
    for action in ["do nothing", "(tenant_id, id) do update set name = 'taken'"] {
      let upsert = try await same {
        "insert into voronka.contact (tenant_id, id, name, created_at) values "
          + "(\(sql.theirs), \($0.contact), 'x', now()) on conflict \(action);"
      }
      #expect(upsert.state == "42501")
    }
    // The number is free in one's own company, whoever else has it.
    let own = try await same {
      "insert into voronka.contact (tenant_id, id, name, created_at) values "
        + "(\(sql.ours), \($0.contact), 'x', now());"
    }
    #expect(own.state == nil)
    let email = try await same {
      "insert into voronka.user_account (tenant_id, id, email, name, role, created_at) values "
        + "(\(sql.ours), 888, '\($0.email)', 'x', 'member', now()); rollback;"
    }
    #expect(email.state == nil)
    let reference = try await same {
      "insert into voronka.contact (tenant_id, id, name, company_id, created_at) values "
        + "(\(sql.ours), 779, 'x', \($0.company), now());"
    }
    #expect(reference.state == "23503" && reference.constraint == "contact_company_fkey")
    let card = try await same {
      "insert into voronka.note (tenant_id, id, card_id, text, created_at) values "
        + "(\(sql.ours), 780, \($0.deal), 'x', now());"
    }
    #expect(card.state == "23503" && card.constraint == "note_card_fkey")
    let stage = try await same {
      "update voronka.card set stage_id = \($0.stage) where id = \(sql.scene.own.deal);"
    }
    #expect(stage.state == "23503")
  }

  @Test(
    "Predicates and functions that could leak run on visible rows alone, and statistics are shut")
  func leaks() async throws {
    let sql = try await attacker()
    let database = sql.scene.company.installation.database
    try await database.connected(as: database.superuser) { connection in
      _ = try await connection.executeScript("analyze voronka.card, voronka.contact;")
    }
    let card = sql.scene.others.deal
    for attempt in [
      "select 1 / (id - \(card)) from voronka.card where tenant_id = \(sql.theirs);",
      "select title::integer from voronka.card where tenant_id = \(sql.theirs);",
      "select id from voronka.card where tenant_id = \(sql.theirs) and title::integer > 0;",
      "select id from voronka.card where 1 / (id - \(card)) > 5 and tenant_id = \(sql.theirs);",
      "select most_common_vals::text from pg_stats where schemaname = 'voronka' "
        + "and tablename in ('card', 'contact');",
    ] {
      let outcome = try await sql.asUs(attempt)
      #expect(outcome.state == nil && outcome.columns.last == [], "\(attempt)")
    }
    // Control: on one's own rows they do raise.
    let own = try await sql.asUs(
      "select title::integer from voronka.card where tenant_id = \(sql.ours);")
    #expect(own.state == "22P02")
  }

  @Test("The role can't lift its bounds, empty or copy tables, or rewrite what is append-only")
  func bounds() async throws {
    let sql = try await attacker()
    for attempt in [
      "truncate voronka.card cascade;", "truncate voronka.idempotency;",
      "set role voronka_owner;", "set session authorization voronka_owner;",
      "alter role voronka_app bypassrls;", "alter table voronka.card disable row level security;",
      "alter table voronka.card no force row level security;",
      "drop policy card_read on voronka.card;",
      "create table voronka.mine (a int);",
      "create view voronka.mine as select * from voronka.card;",
      "create function voronka.leak(text) returns boolean language sql as 'select true';",
      "create trigger spy after insert on voronka.card execute function voronka.key_in_use();",
      "set row_security = off; select count(*) from voronka.card;",
      "copy voronka.card to '/tmp/voronka-cards';", "copy voronka.card from '/tmp/voronka-cards';",
      "copy (select 1) to program 'true';",
      "update voronka.card_history set change = 'won';", "delete from voronka.card_history;",
      "delete from voronka.stay;", "update voronka.note set text = 'x';",
      "delete from voronka.note;",
      "delete from voronka.tenant;", "delete from voronka.user_account;",
      "update voronka.tenant set currency = 'EUR';", "update voronka.card set kind = 'lead';",
      "insert into voronka.migration select * from voronka.migration;",
      "select pg_read_file('/etc/passwd');", "select lo_import('/etc/passwd');",
      "select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user "
        + "and datname = current_database() and pid <> pg_backend_pid();",
    ] {
      let outcome = try await sql.asUs(attempt)
      let isEmpty = outcome.state == nil && outcome.columns.last == []
      #expect(outcome.state == "42501" || outcome.state == "0A000" || isEmpty, "\(attempt)")
    }
    // Cards go over to other pipelines, but never without a stage there.
    let astray = try await sql.asUs("update voronka.card set pipeline_id = 1 where kind = 'deal';")
    #expect(astray.state == "23503")
  }

  @Test("The catalogue of companies and the operator's tables are shut to a company's context")
  func catalogue() async throws {
    let sql = try await attacker()
    #expect(
      try await sql.asUs("select slug from voronka.tenant;").columns.last == ["alpha"])
    for table in ["operator_token", "login_throttle"] {
      #expect(
        try await sql.asUs("select count(*) from voronka.\(table);").columns.last == ["0"])
    }
    for attempt in [
      "update voronka.tenant set plan_code = 'zulu', name = 'taken' where id = \(sql.theirs);",
      "update voronka.plan set name = 'taken';",
    ] {
      #expect(try await sql.asUs(attempt).state == nil)
    }
    #expect(try await sql.truth("select count(*) from voronka.tenant where name = 'taken'") == "0")
    #expect(try await sql.truth("select count(*) from voronka.plan where name = 'taken'") == "0")
    for attempt in [
      "insert into voronka.plan (code, name, created_at) values ('mine', 'x', now());",
      "insert into voronka.operator_token (id, secret_hash, created_at) values (9, 'x', now());",
      "insert into voronka.tenant (id, slug, name, plan_code, locale, currency, timezone, created_at) "
        + "values (99, 'mine', 'x', 'alpha', 'en', 'EUR', 'UTC', now());",
    ] {
      #expect(try await sql.asUs(attempt).state == "42501", "\(attempt)")
    }
  }
}
