internal import Postgres
internal import Testing

/// A connection of one's own keeps its session and does one thing after another.
@Suite struct DedicatedConnectionTests {
  @Test func `A transaction may stretch over several requests`() async throws {
    try await withConnection { connection, bench in
      try await bench.script("create table stretched (n bigint)")
      let insert = Statement("insert into stretched values ($1::bigint)")
      let count = Statement("select count(*) from stretched")
      _ = try await connection.execute([Statement("begin")(), insert(1)])
      _ = try await connection.execute([insert(2)])
      #expect(try await bench.script("select count(*) from stretched")[0][0].integer(0) == 0)
      _ = try await connection.execute([Statement("rollback")()])
      #expect(try await connection.execute([count()])[0][0].integer(0) == 0)
      _ = try await connection.executeScript("begin; insert into stretched values (3); commit")
      #expect(try await connection.execute([count()])[0][0].integer(0) == 1)
    }
  }

  @Test func `A script gives a result for each statement and is one transaction`() async throws {
    try await withConnection { connection, bench in
      let results = try await connection.executeScript(
        "create table scripted (n bigint); insert into scripted values (1), (2); select n from scripted; ;"
      )
      #expect(results.map(\.affected) == [0, 2, 2])
      let error = try await postgresError {
        try await connection.executeScript(
          "insert into scripted values (3); select 1/0; insert into scripted values (4)")
      }
      #expect(error.sqlState == SQLState(rawValue: "22012"))
      // The session lives on, in pipeline mode again, and nothing of the script stands.
      let count = Statement("select count(*) from scripted")
      #expect(try await connection.execute([count()])[0][0].integer(0) == 2)
      #expect(try await connection.executeScript("")[0].isEmpty)
      let nul = try await postgresError { try await connection.executeScript("select 1\u{0}") }
      #expect(nul.kind == .invalidParameter)
    }
  }

  @Test func `Requests made at once are done in turn, statements and scripts alike`() async throws {
    try await withConnection { connection, _ in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<60 as Range<Int64> {
          group.addTask {
            let results =
              number % 3 == 0
              ? try await connection.executeScript("select \(number)")
              : try await connection.execute([Statement("select $1::bigint")(.integer(number))])
            return try results[0][0].integer(0) == number
          }
        }
        for try await isRight in group { #expect(isRight) }
      }
    }
  }

  @Test func `Closing releases the session's locks, and a closed connection says so`() async throws
  {
    let bench = try await Bench.shared()
    let connection = try await DedicatedConnection.connect(bench.settings, engine: bench.engine)
    let lock = Statement("select pg_try_advisory_lock(4711)")
    #expect(try await connection.execute([lock()])[0][0].bool(0))
    #expect(try await bench.script("select pg_try_advisory_lock(4711)")[0][0].bool(0) == false)
    await connection.close()
    await connection.close()
    #expect(try await postgresError { try await connection.execute([lock()]) }.kind == .closed)
    let other = try await DedicatedConnection.connect(bench.settings, engine: bench.engine)
    while try await other.execute([lock()])[0][0].bool(0) == false {
      try await Task.sleep(for: .milliseconds(1))
    }
    await other.close()
  }

  @Test func `One whose backend is killed in the middle of a script does not know its outcome`()
    async throws
  {
    let bench = try await Bench.shared()
    let connection = try await DedicatedConnection.connect(bench.settings, engine: bench.engine)
    let backend = try await connection.execute([Statement("select pg_backend_pid()")()])[0][0]
      .integer(0)
    let running = Task {
      try await postgresError { try await connection.executeScript("select pg_sleep(60)") }
    }
    let control = try await DedicatedConnection.connect(bench.settings, engine: bench.engine)
    let sleeping = Statement(
      "select count(*) from pg_stat_activity where pid = $1::integer and wait_event = 'PgSleep'")
    while try await control.execute([sleeping(.integer(backend))])[0][0].integer(0) == 0 {
      try await Task.sleep(for: .milliseconds(1))
    }
    // Only now: which of two tasks comes first is nobody's promise.
    let waiting = Task {
      try await postgresError { try await connection.execute([Statement("select 1")()]) }
    }
    try await bench.terminate(backend)
    #expect(try await running.value.kind == .connectionLost(outcome: .unknown))
    #expect(try await waiting.value.mayHaveCommitted == false)
    await control.close()
  }

  @Test func `A deadline answers the caller while the session goes on`() async throws {
    try await withConnection { connection, bench in
      let gate = try await Gate(bench)
      let late = try await postgresError {
        try await connection.execute([gate.pass], deadline: .milliseconds(50))
      }
      #expect(late.kind == .deadlineExceeded(outcome: .unknown))
      let behind = try await postgresError {
        try await connection.execute([Statement("select 1")()], deadline: .milliseconds(1))
      }
      #expect(behind.kind == .deadlineExceeded(outcome: .notSent))
      try await gate.open()
      #expect(try await connection.execute([Statement("select 1")()]).count == 1)
    }
  }

  @Test func `A parameter with NUL is refused before it is sent`() async throws {
    try await withConnection { connection, _ in
      let error = try await postgresError {
        try await connection.execute([Statement("select $1::text")("\u{0}")])
      }
      #expect(error.kind == .invalidParameter)
    }
  }

  @Test func `What the server refuses at the log-in is told with its reason`() async throws {
    let bench = try await Bench.shared()
    var settings = bench.settings
    settings["dbname"] = "no_such_database"
    let wrong = settings
    let error = try await postgresError {
      try await DedicatedConnection.connect(wrong, engine: bench.engine)
    }
    #expect(error.kind == .unavailable)
    #expect(error.message.contains("no_such_database"))
  }

  private func withConnection(
    _ body: (DedicatedConnection, Bench) async throws -> Void
  ) async throws {
    let bench = try await Bench.shared()
    let connection = try await DedicatedConnection.connect(bench.settings, engine: bench.engine)
    try await body(connection, bench)
    await connection.close()
  }
}
