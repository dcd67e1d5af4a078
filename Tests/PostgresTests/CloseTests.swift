internal import Logging
internal import Testing

@testable internal import Postgres

/// At the end everyone who asked has an answer.
@Suite struct CloseTests {
  private static let one = Statement("select 1")

  @Test func `A closing pool lets what it has taken come to its end and takes nothing new`()
    async throws
  {
    let bench = try await Bench.shared()
    try await bench.script("create table drained (n bigint)")
    let insert = Statement("insert into drained values ($1::bigint)")
    let gate = try await Gate(bench)
    try await bench.withPool(.init(connections: 1, inFlightPerConnection: 1)) { pool in
      let first = Task { try await pool.transaction([gate.pass, insert(1)]) }
      try await gate.untilWaiting()
      let waiting = (2...4 as ClosedRange<Int64>).map { number in
        Task { try await pool.transaction([insert(.integer(number))]) }
      }
      try await until { pool.health.waiting == 3 }
      let closing = Task { await pool.close() }
      var refused: PostgresError?
      while refused == nil {
        // Until the pool has heard of it, it takes more.
        do throws(PostgresError) {
          _ = try await pool.transaction([Self.one()], deadline: .milliseconds(1))
        } catch {
          if error.kind == .closed { refused = error }
        }
      }
      #expect(refused?.mayHaveCommitted == false)
      try await gate.open()
      _ = try await first.value
      for task in waiting { _ = try await task.value }
      await closing.value
      await pool.close()
      #expect(try await postgresError { try await pool.transaction([Self.one()]) }.kind == .closed)
    }
    let rows = try await bench.script("select count(*) from drained")
    #expect(try rows[0][0].integer(0) == 4)
  }

  @Test
  func `Closing at once tells those sent that it is unknown, those waiting that it did not happen`()
    async throws
  {
    let bench = try await Bench.shared()
    let gate = try await Gate(bench)
    try await bench.withPool(.init(connections: 1, inFlightPerConnection: 1)) { pool in
      let sent = Task { try await postgresError { try await pool.transaction([gate.pass]) } }
      try await gate.untilWaiting()
      let waiting = Task { try await postgresError { try await pool.transaction([Self.one()]) } }
      try await until { pool.health.waiting == 1 }
      await pool.close(draining: false)
      #expect(try await sent.value.kind == .connectionLost(outcome: .unknown))
      #expect(try await waiting.value.kind == .closed)
    }
    try await gate.open()
  }

  @Test func `Draining has its limit`() async throws {
    let bench = try await Bench.shared()
    let gate = try await Gate(bench)
    try await bench.withPool(.init(connections: 1, drainTimeout: .milliseconds(30))) { pool in
      let sent = Task { try await postgresError { try await pool.transaction([gate.pass]) } }
      try await gate.untilWaiting()
      await pool.close()
      #expect(try await sent.value.kind == .connectionLost(outcome: .unknown))
    }
    try await gate.open()
  }

  @Test(.timeLimit(.minutes(10)))
  func `A draining pool closes as soon as the last one has given up waiting`() async throws {
    let bench = try await Bench.shared()
    let silent = try SilentServer()
    var settings = ConnectionSettings(
      host: "127.0.0.1", port: silent.port, database: "a", user: "a")
    settings["sslmode"] = "disable"
    settings.connectTimeout = .seconds(600)
    let core = PoolCore(
      loop: bench.engine.loop, settings: settings,
      configuration: .init(
        connections: 1, waitTimeout: .milliseconds(50), drainTimeout: .seconds(600)),
      logger: .silent, gauge: PoolGauge())
    let transaction = Transaction(.statements([]))
    let closed = OneShotSignal()
    let reply = await transaction.reply(
      submit: {
        core.loop.perform {
          core.submit(transaction)
          core.close(draining: true, closed)
        }
      }, cancelled: {})
    guard case .failure(let error) = reply else { return #expect(Bool(false)) }
    #expect(error.kind == .unavailable)
    await closed.wait()
  }

  @Test func `A pool that was never used closes`() async throws {
    let bench = try await Bench.shared()
    try await bench.withPool { pool in await pool.close() }
    try await bench.withPool { pool in await pool.close(draining: false) }
  }

  @Test func `An engine that ends answers everyone`() async throws {
    let bench = try await Bench.shared()
    let engine = try Engine()
    let own = Bench(engine: engine, settings: bench.settings)
    let gate = try await Gate(bench)
    try await own.withPool(.init(connections: 1, inFlightPerConnection: 1)) { pool in
      let dedicated = try await DedicatedConnection.connect(bench.settings, engine: engine)
      let sent = Task { try await postgresError { try await pool.transaction([gate.pass]) } }
      let other = Task { try await postgresError { try await dedicated.execute([gate.pass]) } }
      try await gate.untilWaiting(2)
      let waiting = Task { try await postgresError { try await pool.transaction([Self.one()]) } }
      try await until { pool.health.waiting == 1 }
      await engine.shutdown()
      #expect(try await sent.value.kind == .connectionLost(outcome: .unknown))
      #expect(try await other.value.kind == .connectionLost(outcome: .unknown))
      #expect(try await waiting.value.kind == .closed)
      #expect(try await postgresError { try await pool.transaction([Self.one()]) }.kind == .closed)
      let late = try await postgresError {
        try await DedicatedConnection.connect(bench.settings, engine: engine)
      }
      #expect(late.kind == .closed)
      await engine.shutdown()
    }
    try await gate.open()
  }

  @Test(.timeLimit(.minutes(10)))
  func `A request that reaches the engine during its last turn is answered too`() async throws {
    let bench = try await Bench.shared()
    let engine = try Engine()
    let loop = engine.loop
    let core = PoolCore(
      loop: loop, settings: bench.settings, configuration: .init(connections: 1), logger: .silent,
      gauge: PoolGauge())
    let transaction = Transaction(.statements([]))
    let reply = await transaction.reply(
      submit: {
        loop.perform {
          loop.stop()
          loop.perform { core.submit(transaction) }
        }
      }, cancelled: {})
    guard case .failure(let error) = reply else { return #expect(Bool(false)) }
    #expect(error.kind == .closed)
    await engine.shutdown()
  }

  @Test func `A pool that nobody holds any more is closed`() async throws {
    let bench = try await Bench.shared()
    var settings = bench.settings
    settings.applicationName = "left alone"
    do {
      let pool = Pool(
        engine: bench.engine, settings: settings, configuration: .init(connections: 2),
        logger: .silent)
      try await pool.waitUntilReady()
    }
    let control = try await DedicatedConnection.connect(bench.settings, engine: bench.engine)
    let count = Statement("select count(*) from pg_stat_activity where application_name = $1::text")
    while try await control.execute([count("left alone")])[0][0].integer(0) > 0 {
      try await Task.sleep(for: .milliseconds(1))
    }
    await control.close()
  }
}
