internal import Foundation
internal import JSON
internal import LocalPostgres
internal import Logging
internal import Migrations
internal import Postgres
internal import TestSupport
internal import Testing
internal import VoronkaClient

/// Installations of earlier releases, with their data, under this program. Fixtures/README.md tells how
/// they were made.
@Suite("Upgrades", .timeLimit(.minutes(5)))
struct UpgradeTests {
  /// The rows of an installation, and how far its schema had come.
  struct Release: CustomStringConvertible {
    let path: String
    let migrations: Int
    let description: String
  }

  static let releases: [Release] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { $0.hasSuffix(".sql.gz") }.map {
      Release(path: "\(folder)/\($0)", migrations: Int($0.prefix(4)) ?? 0, description: $0)
    }
  }()

  @Test("There is an installation of an earlier release to try")
  func present() {
    #expect(!Self.releases.isEmpty)
  }

  @Test(
    "An earlier release's installation comes up with all it had, and work goes on in it",
    arguments: releases)
  func upgraded(_ release: Release) async throws {
    let database = try await database(of: release)
    let before = try await counts(database)
    #expect(try #require(before["deal"]) > 0)

    let migrated = try await Program.run(
      "voronkad", ["migrate", "up"], environment: url(database, database.owner))
    #expect(migrated.status == .exited(0), "\(migrated.errors)")
    let server = try await RunningServer.start([
      "--database-url", try #require(url(database, database.application)["VORONKA_DATABASE_URL"]),
    ])
    let installer = try await server.operatorConnection()
    #expect(try await installer.call("tenant.get", ["tenant": "furniture"])["state"] == "active")

    let owner = try await server.connect()
    _ = try await owner.call("auth.login", Self.login("anna@furniture.example"))
    var found: [String: Int64] = [:]
    for pipeline in try await owner.call("pipeline.list")["items"]?.array ?? [] {
      let report = try await owner.call("report.funnel", ["pipeline": pipeline["id"] ?? .null])
      let kind = try #require(pipeline["kind"]?.string)
      let created = try #require(report["totals"]?["created"]?.int64)
      found[kind, default: 0] += created
      found["won", default: 0] += report["totals"]?["won"]?.int64 ?? 0
    }
    #expect(found == before)

    // Somebody whose rights come from grants works on, under ids of their own.
    let seller = try await server.connect()
    _ = try await seller.call("auth.login", Self.login("frank@furniture.example"))
    let ids = try await ids(of: "deal.list", on: owner)
    let created = try await seller.call("deal.create", ["title": "After the upgrade"])
    let deal = try #require(created["id"]?.int64)
    #expect(!ids.contains(deal))
    #expect(
      try await seller.call("deal.get", ["id": .integer(deal)])["title"] == "After the upgrade")
    #expect(try await self.ids(of: "deal.list", on: owner) == ids.union([deal]))
    #expect(await server.stop() == .exited(0))
  }

  // MARK: - Ways

  private static func login(_ email: String) -> JSON {
    [
      "tenant": "furniture", "email": .string(email),
      "password": .string(WireCompany.password),
    ]
  }

  private func database(of release: Release) async throws -> TestDatabase {
    let database = try await TestDatabase.empty()
    var logger = Logger(label: "test")
    logger.logLevel = .warning
    try await database.connected(as: database.owner) { connection in
      _ = try await Migrator(
        connection: connection, migrations: Array(Migration.all.prefix(release.migrations)),
        logger: logger
      ).up()
    }
    let folder = try ServerFolder()
    let rows = folder.path + "/rows.sql"
    let unpacked = try await Program.run("/bin/gzip", ["-dc", release.path])
    try unpacked.output.write(toFile: rows, atomically: true, encoding: .utf8)
    let settings = database.superuser
    let loaded = try await Program.run(
      try await LocalPostgres.program("psql"),
      [
        "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", settings["host"] ?? "", "-p",
        settings["port"] ?? "", "-U", settings["user"] ?? "", "-d", database.name, "-f", rows,
      ])
    #expect(loaded.status == .exited(0), "\(loaded.errors)")
    return database
  }

  /// How many leads and deals there are, and how many of both were won.
  private func counts(_ database: TestDatabase) async throws -> [String: Int64] {
    try await database.connected(as: database.superuser) { connection in
      let rows = try await connection.executeScript(
        """
        select kind, count(*) from voronka.card group by kind
        union all
        select 'won', count(*) from voronka.card where outcome = 'won'
        """)
      var counts: [String: Int64] = [:]
      for row in rows[0] { counts[try row.string(0)] = try row.integer(1) }
      return counts
    }
  }

  private func ids(
    of method: String, on connection: ServerConnection
  ) async throws -> Set<Int64> {
    let items = try await connection.call(method, ["limit": 500])["items"]?.array ?? []
    return Set(items.compactMap { $0["id"]?.int64 })
  }

  private func url(
    _ database: TestDatabase, _ settings: ConnectionSettings
  ) -> [String: String] {
    let parts = ["host", "port", "user"].map { "\($0)=\(settings[$0] ?? "")" }
    return [
      "VORONKA_DATABASE_URL": "postgresql:///\(database.name)?" + parts.joined(separator: "&")
    ]
  }
}
