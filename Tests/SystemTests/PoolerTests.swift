internal import JSON
internal import JSONRPC
internal import Logging
internal import Postgres
internal import TestSupport
internal import Testing
internal import VoronkaClient

/// Attack 9: the server behind a real PgBouncer that lends a few sessions to all transactions in turn.
@Suite("Behind PgBouncer in transaction mode", .timeLimit(.minutes(5)))
struct PoolerTests {
  /// What another client of the same pooler finds in whatever session it is lent.
  private static let leftBehind = Statement(
    """
    select concat(
        current_setting('voronka.tenant_id', true), current_setting('voronka.user_id', true),
        current_setting('voronka.everything', true), current_setting('voronka.view_people', true),
        current_setting('voronka.written', true)
      ),
      (select count(*) from card) + (select count(*) from contact) + (select count(*) from stage),
      (select count(*) from pg_prepared_statements), pg_backend_pid()
    """)

  @Test(
    "Two companies over the same three sessions see their own alone, whatever breaks, and nothing stays"
  )
  func shared() async throws {
    let database = try await TestDatabase.migrated()
    let pooler = try await TestPooler.start(before: database, sessions: 3)
    let server = try await RunningServer.start(["--database-url", pooler.url, "--pooler"])
    let companies = [
      try await WireCompany.make("left", on: server),
      try await WireCompany.make("right", on: server),
    ]
    let streams = companies.map { DealStream($0, hasKeys: true) }
    for (company, stream) in zip(companies, streams) {
      try await stream.start(connections: 4, name: company.slug)
    }
    let readers = companies.map { company in
      Task { try await Self.readOwn(of: company) }
    }
    let stranger = Pool(
      engine: try TestDatabase.engine(), settings: pooler.settings,
      configuration: .init(connections: 1, inFlightPerConnection: 1, preparedStatements: false),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    var lent: Set<Int64> = []
    for round in 0..<6 {
      for stream in streams { await stream.more(15) }
      // Refused by the rules, and refused by the database's own constraints.
      await #expect(throws: RPCError.self) {
        try await companies[0].owner.call("deal.move", ["id": 1, "stage": 999_999])
      }
      for _ in 1...2 {
        _ = try? await companies[0].owner.call(
          "reason.create", ["kind": "loss", "name": "Taken already"])
      }
      if round.isMultiple(of: 2) { try await terminateSessions(database) }
      lent.formUnion(try await lookAround(stranger))
    }
    // Control: it was lent sessions that had served the companies.
    #expect(lent.count > 1)
    for stream in streams { try await stream.stop() }
    for reader in readers {
      reader.cancel()
      #expect(try await reader.value > 0)
    }
    _ = try await lookAround(stranger)
    await stranger.close()

    for (company, stream) in zip(companies, streams) {
      try await stream.repeatOpen(on: company.owner)
      let titles = try await company.titles(on: company.owner)
      #expect(Set(titles.keys) == Set(stream.fates.keys))
      #expect(titles.values.allSatisfy { $0 == 1 })
    }
    #expect(await server.stop() == .exited(0))
  }

  // MARK: - Steps

  /// Looks again and again until it is cancelled, and returns how many deals it saw; all its company's.
  private static func readOwn(of company: WireCompany) async throws -> Int {
    let connection = try await company.connect()
    var seen = 0
    while !Task.isCancelled {
      do {
        let page = try await connection.call("deal.list", ["limit": 20])
        for item in page["items"]?.array ?? [] {
          let title = try #require(item["title"]?.string)
          #expect(title.hasPrefix(company.slug + " "))
          seen += 1
        }
      } catch let error as RPCError {
        #expect(error.kind == "unavailable")
      } catch is CancellationError {
        break
      }
    }
    return seen
  }

  /// - Returns: the sessions that were lent.
  private func lookAround(_ stranger: Pool) async throws -> Set<Int64> {
    var sessions: Set<Int64> = []
    for _ in 0..<20 {
      // A session that was ended under it; the next look gets another.
      guard let row = try? await stranger.transaction([Self.leftBehind()])[0] else { continue }
      #expect(try row[0].string(0) == "")
      #expect(try row[0].integer(1) == 0)
      #expect(try row[0].integer(2) == 0)
      sessions.insert(try row[0].integer(3))
    }
    return sessions
  }

  /// Ends the sessions behind the pooler, as an operator or a fail-over would.
  private func terminateSessions(_ database: TestDatabase) async throws {
    let name = database.name
    try await database.connected(as: database.superuser) { connection in
      _ = try await connection.executeScript(
        """
        select pg_terminate_backend(pid)
        from pg_stat_activity
        where usename = 'voronka_app'
          and datname = '\(name)'
        """)
    }
  }
}
