internal import Logging
internal import Postgres
internal import Synchronization
internal import Testing

/// What the engine writes into logs: that something is wrong, and nothing of anybody's data.
@Suite struct LoggingTests {
  /// Keeps what is logged.
  private final class Recorder: Sendable {
    let lines = Mutex<[(level: Logger.Level, text: String)]>([])

    var logger: Logger {
      var logger = Logger(label: "recorder") { _ in Handler(recorder: self) }
      logger.logLevel = .trace
      return logger
    }
  }

  private struct Handler: LogHandler {
    let recorder: Recorder
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    init(recorder: Recorder) {
      self.recorder = recorder
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let text = "\(event.message) \(event.metadata ?? [:])"
      recorder.lines.withLock { $0.append((event.level, text)) }
    }
  }

  @Test func `Notices, parameters and failed statements leave no trace in the log`() async throws {
    let bench = try await Bench.shared()
    let recorder = Recorder()
    let pool = Pool(
      engine: bench.engine, settings: bench.settings, configuration: .init(connections: 1),
      logger: recorder.logger)
    _ = try await pool.transaction([
      Statement("do $$ begin raise notice 'secret'; raise warning 'secret'; end $$")()
    ])
    let error = try await postgresError {
      try await pool.transaction([Statement("select $1::bigint")("secret")])
    }
    #expect(error.message.contains("secret"))
    #expect(!"\(error)".contains("secret"))
    await pool.close()
    let lines = recorder.lines.withLock { $0 }
    // The control: the recorder does hear of the pool.
    #expect(lines.contains { $0.text.contains("database pool connected") })
    #expect(!lines.contains { $0.text.contains("secret") })
  }

  @Test func `An outage is told of once a pool, and its end`() async throws {
    let bench = try await Bench.shared()
    let recorder = Recorder()
    // A database that lets nobody in while it is told so, which makes an outage as long as the test wants.
    try await bench.script("create database outage")
    let letIn = { (isOpen: Bool) in
      _ = try await bench.script("alter database outage allow_connections \(isOpen)")
    }
    var settings = bench.settings
    settings["dbname"] = "outage"
    settings.applicationName = "outage"
    let pool = Pool(
      engine: bench.engine, settings: settings,
      configuration: .init(
        connections: 6, backoffBase: .milliseconds(1), backoffLimit: .milliseconds(20)),
      logger: recorder.logger)
    _ = try await pool.transaction([Statement("select 1")()])
    try await until { pool.health.connected == 6 && pool.health.lastError == nil }
    for outage in 1...2 {
      try await letIn(false)
      try await bench.script(
        """
        select pg_terminate_backend(pid)
        from pg_stat_activity
        where application_name = 'outage'
        """)
      try await until { pool.health.connectionsLost == 6 * outage && pool.health.connected == 0 }
      try await letIn(true)
      try await until { pool.health.connected == 6 && pool.health.lastError == nil }
      let lines = recorder.lines.withLock { $0 }
      #expect(lines.count { $0.level == .warning } == outage)
      #expect(lines.count { $0.level == .debug && $0.text.contains("failed") } >= 5 * outage)
      #expect(lines.count { $0.level == .notice && $0.text.contains("again") } == outage)
    }
    await pool.close()
  }

  @Test func `A database that cannot be reached is told of once and not at every attempt`()
    async throws
  {
    let bench = try await Bench.shared()
    let recorder = Recorder()
    let nowhere = ConnectionSettings(
      host: "/nonexistent", database: "a", user: "a", password: "secret")
    let pool = Pool(
      engine: bench.engine, settings: nowhere,
      configuration: .init(
        connections: 1, waitTimeout: .milliseconds(50), backoffBase: .milliseconds(1),
        backoffLimit: .milliseconds(2)), logger: recorder.logger)
    _ = try await postgresError { try await pool.transaction([Statement("select 1")()]) }
    await pool.close(draining: false)
    let lines = recorder.lines.withLock { $0 }
    #expect(lines.count { $0.level == .warning } == 1)
    #expect(lines.count { $0.level == .debug } > 2)
    #expect(lines.allSatisfy { $0.text.contains("/nonexistent") && !$0.text.contains("secret") })
  }
}
