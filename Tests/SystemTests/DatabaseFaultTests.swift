internal import Foundation
internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing
internal import VoronkaClient

/// What is left of a stream of new deals when the database breaks under it, again and again.
@Suite("Faults of the database under load", .timeLimit(.minutes(10)))
struct DatabaseFaultTests {
  /// Ends the sessions of the server's writes, as an operator or a fail-over would.
  private func terminateBackends(_ folder: ServerFolder) async throws {
    try await withSuperuser(folder) { connection in
      _ = try await connection.executeScript(
        """
        select pg_terminate_backend(pid)
        from pg_stat_activity
        where usename = 'voronka_app'
        """)
    }
  }

  /// Kills one backend in the middle of its work: PostgreSQL then ends all others and recovers.
  private func killBackend(_ folder: ServerFolder) async throws {
    var process: Int64 = 0
    try await withSuperuser(folder) { connection in
      process = try await connection.executeScript(
        """
        select pid
        from pg_stat_activity
        where usename = 'voronka_app'
          and application_name like '%writes'
        limit 1
        """)[0][0].integer(0)
    }
    kill(pid_t(process), SIGKILL)
  }

  private func withSuperuser(
    _ folder: ServerFolder, _ work: (DedicatedConnection) async throws -> Void
  ) async throws {
    let settings = try #require(folder.superuser)
    let connection = try await DedicatedConnection.connect(
      settings, engine: try TestDatabase.engine())
    try await work(connection)
    await connection.close()
  }

  /// Looks again and again until it is cancelled: the kinds of errors that it was answered with.
  private func readErrors(as company: WireCompany) async throws -> Set<String> {
    let connection = try await company.connect()
    var kinds: Set<String> = []
    while !Task.isCancelled {
      do {
        _ = try await connection.call("deal.list", ["limit": 5])
      } catch let error as RPCError {
        kinds.insert(error.kind)
      } catch is CancellationError {
        break
      }
    }
    return kinds
  }

  @Test("With keys every deal is there once, whatever dies: sessions, a backend, the whole of it")
  func withKeys() async throws {
    let server = try await RunningServer.start()
    let folder = server.folder
    let company = try await WireCompany.make("keys", on: server)
    let stream = DealStream(company, hasKeys: true)
    try await stream.start(connections: 6)
    await stream.more(50)
    for _ in 0..<5 {
      try await terminateBackends(folder)
      await stream.more(40)
    }
    try await killBackend(folder)
    await stream.more(50)
    for round in 1...2 {
      let postmaster = try #require(folder.postmaster)
      kill(postmaster, SIGKILL)
      _ = await server.logLine(with: "PostgreSQL is ready", occurrence: round + 1)
      await stream.more(50)
      #expect(folder.postmaster != postmaster)
    }
    try await stream.stop()

    #expect(stream.errors["unknown_outcome"] == nil, "with a key the server finds out")
    let titles = try await company.titles(on: company.owner)
    #expect(titles.count == stream.fates.count && titles.values.allSatisfy { $0 == 1 })
    for (title, fate) in stream.fates {
      guard case .made(let id) = fate else {
        Issue.record("\(title): \(fate)")
        continue
      }
      let again = try await company.owner.call(
        "deal.create",
        [
          "pipeline": .integer(company.pipeline), "title": .string(title),
          "idempotency_key": .string(title),
        ])
      #expect(again["id"]?.int64 == id, "\(title)")
      if title.hasSuffix("9") { break }
    }
    #expect(await server.stop() == .exited(0))
  }

  @Test(
    "Without keys the errors are true: 1050 only where nothing was done, 1051 where nobody knows")
  func withoutKeys() async throws {
    let server = try await RunningServer.start()
    let company = try await WireCompany.make("plain", on: server)
    let stream = DealStream(company, hasKeys: false)
    try await stream.start(connections: 8)
    let reading = Task { try await readErrors(as: company) }
    await stream.more(50)
    for _ in 0..<15 {
      try await terminateBackends(server.folder)
      await stream.more(20)
    }
    let postmaster = try #require(server.folder.postmaster)
    kill(postmaster, SIGKILL)
    _ = await server.logLine(with: "PostgreSQL is ready", occurrence: 2)
    await stream.more(20)
    try await stream.stop()
    reading.cancel()
    #expect(try await reading.value.isSubset(of: ["unavailable"]), "a look has no outcome")

    let titles = try await company.titles(on: company.owner)
    for (title, fate) in stream.fates {
      switch fate {
      case .made: #expect(titles[title] == 1, "\(title)")
      case .refused: #expect(titles[title] == nil, "\(title) was said not to be done")
      case .unknown: #expect(titles[title, default: 0] <= 1, "\(title)")
      case .unanswered: Issue.record("\(title) was not answered")
      }
    }
    // Control: something did break.
    #expect(!stream.errors.isEmpty)
    #expect(await server.stop() == .exited(0))
  }

  @Test(
    "While its PostgreSQL can't be started the server answers 1050, and works again once it can")
  func unavailable() async throws {
    let server = try await RunningServer.start(["--metrics-listen", "127.0.0.1:0"])
    let folder = server.folder
    let company = try await WireCompany.make("down", on: server)
    let create: JSON = ["pipeline": .integer(company.pipeline), "title": "Kitchen"]
    _ = try await company.owner.call("deal.create", create)

    try folder.barPostgres(true)
    kill(try #require(folder.postmaster), SIGKILL)
    _ = await server.logLine(with: "PostgreSQL did not start again")
    let error = await #expect(throws: RPCError.self) {
      try await company.owner.call("deal.create", create)
    }
    #expect(error?.code == 1050 && error?["retry_after_ms"]?.int64 ?? 0 > 0)
    let read = await #expect(throws: RPCError.self) {
      try await company.owner.call("deal.list")
    }
    #expect(read?.code == 1050)
    #expect(try await company.owner.call("system.ping")["pong"] == true)
    #expect(try await company.owner.call("system.status")["state"] == "unavailable")
    let readiness = try await Program.run(
      "/usr/bin/env",
      ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", try server.metricsURL() + "/readyz"])
    #expect(readiness.output == "503")

    try folder.barPostgres(false)
    let start = ContinuousClock.now
    _ = try await WireCompany.patiently {
      try await company.owner.call("deal.create", create)
    }
    #expect(ContinuousClock.now - start < .seconds(30))
    let deals = try await company.owner.call("deal.list")
    #expect(deals["items"]?.array?.count == 2)
    #expect(await server.stop() == .exited(0))
  }
}
