import Foundation
import Postgres
import TestSupport
import Testing

/// What an operator meets: statuses, signals, and words that say what to do.
@Suite struct OperatorTests {
  @Test
  func `A server that gets its signal ends with status 0 and takes its PostgreSQL with it`()
    async throws
  {
    try await withFolder { folder in
      let taken = try await OperatorProgram.start(
        ["serve", "--data", folder + "/other", "--listen", "127.0.0.1:0"],
        environment: try await database(as: \.application))
      let port = try #require(try await taken.port())

      // A port that is taken: nothing stays behind.
      let refused = try await OperatorProgram.start(
        ["serve", "--data", folder, "--listen", "127.0.0.1:\(port)"]
      ).outcome()
      #expect(refused.status == 1 && refused.output.isEmpty)
      #expect(
        refused.errors.contains("Cannot listen on 127.0.0.1:\(port): Address already in use."))
      #expect(!isPostgresRunning(folder))
      taken.send(SIGINT)
      #expect(try await taken.outcome().status == 0)

      // A port of one's own, on the same folder.
      let server = try await OperatorProgram.start([
        "serve", "--data", folder, "--listen", "127.0.0.1:0",
      ])
      #expect(try await server.port() != nil)
      #expect(isPostgresRunning(folder))

      // A second server on it.
      let second = try await OperatorProgram.start(
        ["serve", "--data", folder, "--listen", "127.0.0.1:0"]
      ).outcome()
      #expect(second.status == 1 && second.output.isEmpty)
      #expect(second.errors.contains("another server (process \(server.identifier)) works on"))

      // Questions beside it.
      let status = try await OperatorProgram.start(["migrate", "status", "--data", folder])
        .outcome()
      #expect(status.status == 0 && status.output.hasPrefix("applied  1  tenancy"))
      let token = try String(contentsOfFile: folder + "/operator.token", encoding: .utf8)
      let renewed = try await OperatorProgram.start(["operator-token", "--new", "--data", folder])
        .outcome()
      let next = try String(contentsOfFile: folder + "/operator.token", encoding: .utf8)
      #expect(renewed.status == 0 && next != token && !renewed.output.contains(next))

      server.send(SIGTERM)
      #expect(try await server.outcome().status == 0)
      #expect(!isPostgresRunning(folder))
    }
  }

  @Test func `What can't be listened on is refused before any database is made for it`()
    async throws
  {
    try await withFolder { folder in
      let data = folder + "/data"
      let taken = try await OperatorProgram.start(
        ["serve", "--data", folder + "/other", "--listen", "127.0.0.1:0"],
        environment: try await database(as: \.application))
      let port = try #require(try await taken.port())
      let wrong: [(arguments: [String], words: String)] = [
        (["--listen", "127.0.0.1:\(port)"], "Address already in use"),
        (["--listen", "127.0.0.1:99999"], "is not an address to listen on"),
        (["--listen", "0.0.0.0:0"], "can be reached from other machines"),
        (
          ["--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:\(port)"],
          "Cannot listen for metrics"
        ),
        (
          [
            "--tls-listen", "127.0.0.1:0", "--tls-certificate", "/nonexistent", "--tls-key",
            "/nonexistent",
          ], "Cannot use the certificate in /nonexistent"
        ),
      ]
      for (arguments, words) in wrong {
        let refused = try await OperatorProgram.start(["serve", "--data", data] + arguments)
          .outcome()
        #expect(refused.status == 1 && refused.output.isEmpty)
        #expect(refused.errors.contains(words), "\(refused.errors)")
      }
      #expect(!FileManager.default.fileExists(atPath: data))
      taken.send(SIGTERM)
      #expect(try await taken.outcome().status == 0)
    }
  }

  @Test func `A metrics port that is taken ends the start before anything is announced`()
    async throws
  {
    try await withFolder { folder in
      let environment = try await database(as: \.application)
      let first = try await OperatorProgram.start(
        ["serve", "--data", folder, "--listen", "127.0.0.1:0"], environment: environment)
      let port = try #require(try await first.port())
      let second = try await OperatorProgram.start(
        [
          "serve", "--data", folder, "--listen", "127.0.0.1:0", "--metrics-listen",
          "127.0.0.1:\(port)",
        ], environment: environment
      ).outcome()
      #expect(second.status == 1 && second.output.isEmpty)
      #expect(second.errors.contains("Cannot listen for metrics on 127.0.0.1:\(port)"))
      first.send(SIGTERM)
      #expect(try await first.outcome().status == 0)
    }
  }

  @Test func `A server behind a pooler leaves nothing in a session and serves`() async throws {
    try await withFolder { folder in
      let server = try await OperatorProgram.start(
        ["serve", "--data", folder, "--listen", "127.0.0.1:0", "--pooler"],
        environment: try await database(as: \.application))
      #expect(try await server.port() != nil)
      server.send(SIGTERM)
      #expect(try await server.outcome().status == 0)
    }
  }

  @Test func `A database that a newer program migrated is refused, and the migration named`()
    async throws
  {
    let database = try await TestDatabase.migrated()
    try await database.connected(as: database.superuser) { connection in
      _ = try await connection.executeScript(
        """
        insert into voronka.migration (number, name, checksum)
        values (9999, 'from_the_future', repeat('0', 64))
        """)
    }
    try await withFolder { folder in
      let refused = try await OperatorProgram.start(
        ["serve", "--data", folder, "--listen", "127.0.0.1:0"],
        environment: url(database, database.application)
      ).outcome()
      #expect(refused.status == 1 && refused.output.isEmpty)
      #expect(refused.errors.contains("has migration 9999 (from_the_future)"))
    }
  }

  @Test func `A role that is stronger than the application's is refused, and its power named`()
    async throws
  {
    try await withFolder { folder in
      for (role, word) in [(\TestDatabase.superuser, "SUPERUSER"), (\.owner, "owns the schema")] {
        let refused = try await OperatorProgram.start(
          ["serve", "--data", folder, "--listen", "127.0.0.1:0"],
          environment: try await database(as: role)
        ).outcome()
        #expect(refused.status == 1 && refused.output.isEmpty)
        #expect(refused.errors.contains(word))
      }
    }
  }

  @Test(arguments: [
    ["serve"], ["migrate", "status"], ["migrate", "sideways", "--data", "x"],
    ["operator-token", "--data", "x"], ["serve", "--data", "x", "--pooler"],
    ["serve", "--data", "x", "--tls-listen", "127.0.0.1:0"],
    ["migrate", "up", "--database-url", "postgresql:///x", "--pooler"],
  ])
  func `Wrong usage is told without touching anything`(arguments: [String]) async throws {
    let outcome = try await OperatorProgram.start(arguments).outcome()
    #expect(outcome.status == 64 && outcome.output.isEmpty && outcome.errors.contains("Error: "))
    #expect(!FileManager.default.fileExists(atPath: "x"))
  }

  private func database(
    as role: KeyPath<TestDatabase, ConnectionSettings>
  ) async throws -> [String: String] {
    let database = try await TestDatabase.migrated()
    return url(database, database[keyPath: role])
  }

  private func url(_ database: TestDatabase, _ settings: ConnectionSettings) -> [String: String] {
    let parts = ["host", "port", "user"].map { "\($0)=\(settings[$0] ?? "")" }
    return [
      "VORONKA_DATABASE_URL": "postgresql:///\(database.name)?" + parts.joined(separator: "&")
    ]
  }

  private func isPostgresRunning(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/postgres/data/postmaster.pid")
  }

  private func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = "/tmp/voronka-operator-\(UInt32.random(in: .min ... .max))"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o711])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
  }
}
