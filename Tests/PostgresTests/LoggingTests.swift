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
