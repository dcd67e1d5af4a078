internal import Postgres
internal import Testing

/// Much at once, both ways, and what a shared connection does not take.
@Suite struct VolumeTests {
  /// Each side has more to send than the socket holds while the other sends: who does not read meanwhile
  /// waits for ever.
  @Test(.timeLimit(.minutes(10)), arguments: [1, 2])
  func `Large parameters and large results pass each other`(_ connections: Int) async throws {
    let bench = try await Bench.shared()
    let echo = Statement("select $1::text, repeat($2::text, 3000000)")
    try await bench.withPool(.init(connections: connections)) { pool in
      let lengths = try await withThrowingTaskGroup(of: (Int, Int, Int).self) { group in
        for number in 0..<8 {
          group.addTask {
            let text = String(repeating: String(number), count: 3_000_000 + number)
            let row = try await pool.transaction([echo(.string(text), .string("x"))])[0][0]
            return try (number, row.string(0) == text ? 1 : 0, row.string(1).utf8.count)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(lengths.count == 8)
      #expect(lengths.allSatisfy { $0.1 == 1 && $0.2 == 3_000_000 })
    }
  }

  @Test func `A result of very many rows comes whole, with small ones around it`() async throws {
    let bench = try await Bench.shared()
    let many = Statement("select n, 'row ' || n from generate_series(1, 200000) as n")
    try await bench.withPool(.init(connections: 1, waitTimeout: .seconds(60))) { pool in
      async let before = pool.transaction([Statement("select 1")()])
      async let large = pool.transaction([many()])
      async let after = pool.transaction([Statement("select 2")()])
      let rows = try await large[0]
      #expect(rows.count == 200_000)
      #expect(try rows[199_999].integer(0) == 200_000 && rows[199_999].string(1) == "row 200000")
      let (first, last) = try await (before[0], after[0])
      #expect(try first[0].integer(0) == 1)
      #expect(try last[0].integer(0) == 2)
    }
  }

  @Test func `Thousands of callers at once are all answered, each with its own`() async throws {
    let bench = try await Bench.shared()
    let echo = Statement("select $1::bigint")
    try await bench.withPool(.init(connections: 4, waiting: 5000, waitTimeout: .seconds(60))) {
      pool in
      let wrong = try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<5000 as Range<Int64> {
          group.addTask {
            try await pool.transaction([echo(.integer(number))])[0][0].integer(0) != number
          }
        }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(wrong == 0)
      #expect(pool.health.waiting == 0)
    }
  }

  @Test(
    arguments: [
      "begin", "BEGIN", " start transaction", "commit", "end", "rollback", "abort", "savepoint a",
      "release savepoint a", "prepare transaction 'a'", "-- why\n begin", "/* a /* b */ c */begin",
      ";commit", "copy shared_only to stdout", "copy shared_only from stdin",
    ] as [StaticString])
  func `What would take the neighbours with it is refused before it is sent`(
    _ text: StaticString
  ) async throws {
    let bench = try await Bench.shared()
    try await bench.withPool(.init(connections: 1, waitTimeout: .seconds(60))) { pool in
      let backend = Statement("select pg_backend_pid()")
      let before = try await pool.transaction([backend()])[0][0].integer(0)
      let statement = Statement(text)
      let error = try await postgresError { try await pool.transaction([backend(), statement()]) }
      #expect(error.kind == .unsupported)
      #expect(try await pool.transaction([backend()])[0][0].integer(0) == before)
      #expect(pool.health.connectionsLost == 0)
    }
  }

  @Test(
    arguments: [
      "with begin_at as (select 1) select * from begin_at", "select 'commit'",
      "/* begin */ select 1",
      "-- begin\nselect 1", "values (1)", "(select 1)", "table pg_am",
    ] as [StaticString])
  func `A statement that only speaks of it is taken`(_ text: StaticString) async throws {
    let bench = try await Bench.shared()
    try await bench.withPool { pool in
      let results = try await pool.transaction([Statement(text)()])
      #expect(results.count == 1)
    }
  }

  @Test func `COPY in a script ends that connection with an error and nothing hangs`() async throws
  {
    let bench = try await Bench.shared()
    let connection = try await DedicatedConnection.connect(bench.settings, engine: bench.engine)
    for sql in ["copy pg_am to stdout"] {
      let error = try await postgresError { try await connection.executeScript(sql) }
      #expect(error.kind == .unsupported)
    }
    #expect(
      try await postgresError { try await connection.executeScript("select 1") }.kind == .closed)
  }
}
