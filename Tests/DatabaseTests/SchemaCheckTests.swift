import Logging
import MigrationFiles
import Migrations
import Postgres
import TestSupport
import Testing

/// A server refuses to start where its database or its role is not what it must be.
@Suite struct SchemaCheckTests {
  @Test func `Nothing is wrong with a migrated database and the application role`() async throws {
    let database = try await TestDatabase.migrated()
    #expect(try await faults(database, database.application) == [])
  }

  @Test func `A database without schema is refused`() async throws {
    let database = try await TestDatabase.empty()
    #expect(try await faults(database, database.application) == [.noSchema])
  }

  @Test func `A database that is behind, ahead or changed is refused`() async throws {
    let database = try await TestDatabase.migrated()
    let next = Migration(
      MigrationFile(number: Migration.all.count + 1, name: "next", content: Array("select 1;".utf8))
    )
    #expect(
      try await faults(database, database.application, Migration.all + [next])
        == [.outdated(pending: [next.number])])
    let last = try #require(Migration.all.last)
    #expect(
      try await faults(database, database.application, Migration.all.dropLast())
        == [.history(.unknown(number: last.number, name: last.name))])
    let changed = Migration(
      MigrationFile(number: last.number, name: last.name, content: Array("select 1;".utf8)))
    #expect(
      try await faults(database, database.application, Migration.all.dropLast() + [changed])
        == [.history(.changed(number: last.number, name: last.name))])
  }

  @Test func `The owner's role is refused`() async throws {
    let database = try await TestDatabase.migrated()
    let faults = try await faults(database, database.owner)
    #expect(faults.contains(.ownership("relation card")))
    #expect(faults.contains(.ownership("schema voronka")))
    #expect(faults.contains(.privilege("CREATE on schema voronka")))
    #expect(faults.contains(.privilege("TRUNCATE on card")))
  }

  @Test func `The superuser's role is refused`() async throws {
    let database = try await TestDatabase.migrated()
    let faults = try await faults(database, database.superuser)
    #expect(faults.contains(.power("SUPERUSER")))
    #expect(faults.contains(.power("BYPASSRLS")))
  }

  @Test(arguments: [
    ("grant truncate on card to voronka_app;", SchemaFault.privilege("TRUNCATE on card")),
    ("grant references on team to voronka_app;", .privilege("REFERENCES on team")),
    ("grant create on schema voronka to voronka_app;", .privilege("CREATE on schema voronka")),
    ("alter table note owner to voronka_app;", .ownership("relation note")),
    ("alter table note no force row level security;", .unprotected(table: "note")),
    ("alter table note disable row level security;", .unprotected(table: "note")),
  ])
  func `A role or a schema that is weaker than it must be is refused`(
    _ script: String, _ fault: SchemaFault
  ) async throws {
    let database = try await TestDatabase.migrated()
    try await database.connected(as: database.superuser) { connection in
      _ = try await connection.executeScript("set search_path = voronka; " + script)
    }
    #expect(try await faults(database, database.application).contains(fault))
  }

  private func faults(
    _ database: TestDatabase, _ settings: ConnectionSettings,
    _ migrations: [Migration] = Migration.all
  ) async throws -> [SchemaFault] {
    try await database.connected(as: settings) { connection in
      try await SchemaCheck.faults(on: connection, migrations: migrations)
    }
  }
}
