internal import Postgres
internal import Testing

/// Many transactions are in flight on one connection, and each has a fate of its own.
@Suite struct TransactionFateTests {
  @Test func `Those that fail do not touch their neighbours`() async throws {
    let bench = try await Bench.shared()
    try await bench.script("create table fates (n bigint check (n % 5 <> 0))")
    let insert = Statement("insert into fates values ($1::bigint)")
    try await bench.withPool(.init(connections: 1, waitTimeout: .seconds(60))) { pool in
      let failed = await withTaskGroup(of: (Int64, PostgresError?).self) { group in
        for number in 1...300 as ClosedRange<Int64> {
          group.addTask {
            do throws(PostgresError) {
              // Two statements: a failure of the second undoes the first.
              _ = try await pool.transaction([
                insert(.integer(number * 5 + 1)), insert(.integer(number)),
              ])
              return (number, nil)
            } catch {
              return (number, error)
            }
          }
        }
        return await group.reduce(into: [:] as [Int64: PostgresError]) { $0[$1.0] = $1.1 }
      }
      #expect(Set(failed.keys) == Set((1...300).filter { $0 % 5 == 0 }))
      #expect(failed.values.allSatisfy { $0.sqlState == .checkViolation && !$0.mayHaveCommitted })
      let rows = try await pool.transaction([Statement("select count(*) from fates")()])
      #expect(try rows[0][0].integer(0) == 240 * 2)
    }
  }

  @Test func `A constraint checked at commit fails its own transaction alone`() async throws {
    let bench = try await Bench.shared()
    try await bench.script(
      "create table deferred (n bigint constraint deferred_once unique deferrable initially deferred)"
    )
    let insert = Statement("insert into deferred values ($1::bigint)")
    try await bench.withPool(.init(connections: 1, waitTimeout: .seconds(60))) { pool in
      async let before = pool.transaction([insert(1)])
      async let broken = postgresError {
        try await pool.transaction([insert(2), insert(2), Statement("select 1")()])
      }
      async let after = pool.transaction([insert(3)])
      _ = try await (before, after)
      let error = try await broken
      #expect(error.sqlState == .uniqueViolation)
      #expect(error.constraint == "deferred_once")
      #expect(!error.mayHaveCommitted)
      let rows = try await pool.transaction([Statement("select n from deferred order by n")()])
      #expect(try rows[0].map { try $0.integer(0) } == [1, 3])
      // The control: one row of it is no violation.
      _ = try await pool.transaction([insert(2)])
    }
  }

  @Test func `A cancelled caller is answered at once, its neighbours when they are done`()
    async throws
  {
    let bench = try await Bench.shared()
    try await bench.script("create table cancelled (n bigint)")
    let insert = Statement("insert into cancelled values ($1::bigint)")
    let gate = try await Gate(bench)
    try await bench.withPool(.init(connections: 1, inFlightPerConnection: 2)) { pool in
      let sent = Task {
        try await postgresError { try await pool.transaction([insert(1), gate.pass]) }
      }
      try await gate.untilWaiting()
      let neighbour = Task { try await pool.transaction([insert(2)]) }
      try await until { pool.health.inFlight == 2 }
      let queued = Task { try await postgresError { try await pool.transaction([insert(3)]) } }
      try await until { pool.health.waiting == 1 }
      sent.cancel()
      queued.cancel()
      // The gate is still closed: only the callers have left.
      #expect(try await sent.value.kind == .cancelled(outcome: .unknown))
      #expect(try await queued.value.kind == .cancelled(outcome: .notSent))
      try await gate.open()
      _ = try await neighbour.value
      let rows = try await pool.transaction([Statement("select n from cancelled order by n")()])
      // What was sent went on at the server, what was not never came there.
      #expect(try rows[0].map { try $0.integer(0) } == [1, 2])
    }
  }

  @Test func `A caller whose deadline passes is answered then, its neighbours when they are done`()
    async throws
  {
    let bench = try await Bench.shared()
    try await bench.script("create table late (n bigint)")
    let insert = Statement("insert into late values ($1::bigint)")
    let gate = try await Gate(bench)
    try await bench.withPool(.init(connections: 1, inFlightPerConnection: 2)) { pool in
      let neighbour = Task {
        try await pool.transaction([insert(2), gate.pass], deadline: .seconds(60))
      }
      try await gate.untilWaiting()
      // The connection is open and has a place: it is sent, and waits behind its neighbour.
      let sent = try await postgresError {
        try await pool.transaction([insert(1)], deadline: .milliseconds(50))
      }
      #expect(sent.kind == .deadlineExceeded(outcome: .unknown))
      #expect(pool.health.inFlight == 2)
      let queued = try await postgresError {
        try await pool.transaction([insert(3)], deadline: .milliseconds(1))
      }
      #expect(queued.kind == .deadlineExceeded(outcome: .notSent))
      try await gate.open()
      _ = try await neighbour.value
      let rows = try await pool.transaction([Statement("select n from late order by n")()])
      #expect(try rows[0].map { try $0.integer(0) } == [1, 2])
    }
  }

  @Test func `A task cancelled before it asks sends nothing`() async throws {
    let bench = try await Bench.shared()
    try await bench.script("create table never (n bigint)")
    try await bench.withPool { pool in
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await postgresError {
          try await pool.transaction([Statement("insert into never values (1)")()])
        }
      }
      #expect(try await task.value.kind == .cancelled(outcome: .notSent))
      let rows = try await pool.transaction([Statement("select count(*) from never")()])
      #expect(try rows[0][0].integer(0) == 0)
    }
  }

  @Test func `A statement that runs too long is ended by the server, its neighbours are not`()
    async throws
  {
    let bench = try await Bench.shared()
    var settings = bench.settings
    settings.statementTimeout = .milliseconds(200)
    let gate = try await Gate(bench)
    try await bench.withPool(.init(connections: 1, waitTimeout: .seconds(60)), settings: settings) {
      pool in
      async let slow = postgresError { try await pool.transaction([gate.pass]) }
      async let next = pool.transaction([Statement("select 1")()])
      let (error, _) = try await (slow, next)
      #expect(error.sqlState == .queryCanceled)
    }
    try await gate.open()
  }

  @Test func `A slow transaction holds up its own connection and no other`() async throws {
    let bench = try await Bench.shared()
    let gate = try await Gate(bench)
    try await bench.withPool(.init(connections: 2, inFlightPerConnection: 4)) { pool in
      // While there is one connection only, the others would have to wait behind the slow one.
      pool.start()
      try await until { pool.health.connected == 2 }
      let slow = Task { try await pool.transaction([gate.pass]) }
      try await gate.untilWaiting()
      // The least loaded connection is taken, so none of these waits behind the slow one.
      for _ in 0..<20 { _ = try await pool.transaction([Statement("select 1")()]) }
      #expect(pool.health.inFlight == 1)
      try await gate.open()
      _ = try await slow.value
    }
  }

  @Test func `No statement is a transaction too`() async throws {
    let bench = try await Bench.shared()
    try await bench.withPool { pool in
      let results = try await pool.transaction([])
      #expect(results.isEmpty)
    }
  }
}
