internal import Postgres
internal import Synchronization
internal import Testing

/// Waiting is bounded in number and in time, and ends with an error that says what was waited for.
@Suite struct PatienceTests {
  private static let one = Statement("select 1")

  @Test func `A full queue refuses at once, and takes again when there is room`() async throws {
    let bench = try await Bench.shared()
    let gate = try await Gate(bench)
    try await bench.withPool(
      .init(connections: 1, inFlightPerConnection: 1, waiting: 2, waitTimeout: .seconds(60))
    ) { pool in
      let slow = Task { try await pool.transaction([gate.pass]) }
      try await gate.untilWaiting()
      let waiting = (0..<2).map { _ in Task { try await pool.transaction([Self.one()]) } }
      try await until { pool.health.waiting == 2 }
      let error = try await postgresError { try await pool.transaction([Self.one()]) }
      #expect(error.kind == .poolExhausted)
      #expect(!error.mayHaveCommitted)
      // The place of one whose caller has left is given on.
      waiting[0].cancel()
      #expect(await waiting[0].result.isFailure)
      let late = Task { try await pool.transaction([Self.one()]) }
      try await until { pool.health.waiting == 2 }
      try await gate.open()
      _ = try await (slow.value, waiting[1].value, late.value)
      #expect(pool.health.waiting == 0)
    }
  }

  @Test func `One with many waiting transactions does not hold up another's single one`()
    async throws
  {
    let bench = try await Bench.shared()
    let gate = try await Gate(bench)
    try await bench.withPool(
      .init(connections: 1, inFlightPerConnection: 1, waitTimeout: .seconds(60))
    ) { pool in
      let slow = Task { try await pool.transaction([gate.pass], onBehalfOf: 1) }
      try await gate.untilWaiting()
      let done = Tally()
      let many = (0..<50).map { _ in
        Task {
          _ = try await pool.transaction([Self.one()], onBehalfOf: 1)
          done.add()
        }
      }
      try await until { pool.health.waiting == 50 }
      let single = Task {
        _ = try await pool.transaction([Self.one()], onBehalfOf: 2)
        return done.count
      }
      try await until { pool.health.waiting == 51 }
      try await gate.open()
      // The caller hears of it a moment after the engine has sent the next ones.
      #expect(try await single.value < 25)
      _ = try await slow.value
      for task in many { try await task.value }
    }
  }

  @Test func `One that waits too long for a place is told so`() async throws {
    let bench = try await Bench.shared()
    let gate = try await Gate(bench)
    try await bench.withPool(
      .init(connections: 1, inFlightPerConnection: 1, waitTimeout: .milliseconds(30))
    ) { pool in
      try await pool.waitUntilReady()
      let slow = Task { try await pool.transaction([gate.pass]) }
      try await gate.untilWaiting()
      let errors = try await withThrowingTaskGroup(of: PostgresError.self) { group in
        for _ in 0..<5 {
          group.addTask { try await postgresError { try await pool.transaction([Self.one()]) } }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(errors.allSatisfy { $0.kind == .poolExhausted })
      // Waiting for an answer is not waiting for a place.
      try await gate.open()
      _ = try await slow.value
      _ = try await pool.transaction([Self.one()])
    }
  }

  @Test func `Without a database one is told so, with the reason`() async throws {
    let bench = try await Bench.shared()
    let nowhere = ConnectionSettings(
      host: "/nonexistent", database: "a", user: "a", password: "secret")
    try await bench.withPool(
      .init(connections: 2, waitTimeout: .milliseconds(50), backoffBase: .milliseconds(5)),
      settings: nowhere
    ) { pool in
      let error = try await postgresError { try await pool.transaction([Self.one()]) }
      #expect(error.kind == .unavailable)
      #expect(error.message.contains("/nonexistent"))
      let notReady = try await postgresError {
        try await pool.waitUntilReady(timeout: .milliseconds(20))
      }
      #expect(notReady.kind == .unavailable)
      #expect(pool.health.connected == 0 && pool.health.connecting == 2)
      #expect(pool.health.lastError == .unavailable)
      #expect(!"\(nowhere)".contains("secret") && !"\(error)".contains("secret"))
    }
  }

  @Test func `Without a database a deadline is kept all the same`() async throws {
    let bench = try await Bench.shared()
    let nowhere = ConnectionSettings(host: "/nonexistent", database: "a", user: "a")
    try await bench.withPool(.init(waitTimeout: .seconds(600)), settings: nowhere) { pool in
      let late = try await postgresError {
        try await pool.transaction([Self.one()], deadline: .milliseconds(5))
      }
      #expect(late.kind == .deadlineExceeded(outcome: .notSent))
    }
  }

  @Test func `A server that never speaks holds up neither the engine nor a caller`() async throws {
    let bench = try await Bench.shared()
    let silent = try SilentServer()
    var settings = ConnectionSettings(
      host: "localhost", port: silent.port, database: "a", user: "a")
    settings["sslmode"] = "disable"
    settings.connectTimeout = .milliseconds(100)
    let error = try await postgresError {
      try await DedicatedConnection.connect(settings, engine: bench.engine)
    }
    #expect(error.kind == .unavailable)
    #expect(error.message.contains("no connection within"))
    settings.connectTimeout = .seconds(600)
    let hanging = settings
    let connecting = Task { try await DedicatedConnection.connect(hanging, engine: bench.engine) }
    try await bench.withPool(settings: hanging) { pool in
      let waiting = Task { try await pool.transaction([Self.one()]) }
      // The same thread serves others meanwhile.
      try await bench.withPool { other in
        for _ in 0..<50 { _ = try await other.transaction([Self.one()]) }
      }
      connecting.cancel()
      #expect(await connecting.result.isFailure)
      await pool.close(draining: false)
      #expect(await waiting.result.isFailure)
    }
  }

  @Test func `A pool is ready when the database has answered`() async throws {
    let bench = try await Bench.shared()
    try await bench.withPool(.init(connections: 3)) { pool in
      #expect(pool.health.connected == 0)
      pool.start()
      pool.start()
      try await pool.waitUntilReady()
      try await until { pool.health.connected == 3 }
      #expect(pool.health.connecting == 0 && pool.health.lastError == nil)
    }
  }
}

extension Result {
  var isFailure: Bool {
    if case .failure = self { true } else { false }
  }
}

/// How many have come so far.
private final class Tally: Sendable {
  private let counted = Atomic(0)

  var count: Int { counted.load(ordering: .relaxed) }

  func add() {
    counted.add(1, ordering: .relaxed)
  }
}
