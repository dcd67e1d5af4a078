internal import Postgres
internal import Testing

/// Prepared statements are an invisible means: what becomes of them is no caller's concern.
@Suite struct PreparedStatementTests {
  private static let prepared = Statement(
    "select count(*) from pg_prepared_statements where statement like '%prepared control%'")
  private static let backend = Statement("select pg_backend_pid()")

  @Test func `A change of the schema does not fail statements that were prepared before it`()
    async throws
  {
    let bench = try await Bench.shared()
    try await bench.script("create table changing (a bigint); insert into changing values (1)")
    let select = Statement("select * from changing")
    let insert = Statement("insert into changing (a) values ($1::bigint) returning *")
    try await bench.withPool(.init(connections: 1, waitTimeout: .seconds(60))) { pool in
      for round in 1...3 as ClosedRange<Int64> {
        let columns = try await pool.transaction([select()])[0].columnCount
        _ = try await pool.transaction([insert(.integer(round * 100))])
        try await bench.script("alter table changing add column b\(round) text")
        // Many in flight at once meet the stale plan; each is done once.
        try await withThrowingTaskGroup(of: Int.self) { group in
          for number in 1...20 as ClosedRange<Int64> {
            group.addTask {
              try await pool.transaction([insert(.integer(round * 100 + number)), select()])[1]
                .columnCount
            }
          }
          for try await count in group { #expect(count == columns + 1) }
        }
      }
      let rows = try await pool.transaction([
        Statement("select count(*), count(distinct a) from changing")()
      ])
      #expect(try rows[0][0].integer(0) == 64)
      #expect(try rows[0][0].integer(1) == 64)
    }
  }

  @Test func `A table that is dropped and made anew is found again`() async throws {
    let bench = try await Bench.shared()
    let select = Statement("select * from coming_and_going")
    try await bench.withPool(.init(connections: 1, waitTimeout: .seconds(60))) { pool in
      for round in 0..<3 {
        let error = try await postgresError { try await pool.transaction([select()]) }
        #expect(error.sqlState == .undefinedTable)
        try await bench.script("create table coming_and_going (a\(round) text, b bigint)")
        #expect(try await pool.transaction([select()])[0].columnCount == 2)
        try await bench.script("drop table coming_and_going")
      }
    }
  }

  @Test(arguments: ["discard all", "deallocate all"] as [StaticString])
  func `A session that forgets its statements goes on`(_ forget: StaticString) async throws {
    let bench = try await Bench.shared()
    let forget = Statement(forget)
    let control = Statement("select $1::bigint /* prepared control */")
    try await bench.withPool(.init(connections: 1, waitTimeout: .seconds(60))) { pool in
      for round in 1...3 as ClosedRange<Int64> {
        let backend = try await pool.transaction([Self.backend()])[0][0].integer(0)
        #expect(try await pool.transaction([control(.integer(round))])[0][0].integer(0) == round)
        _ = try await pool.transaction([forget()])
        try await withThrowingTaskGroup(of: Int64.self) { group in
          for _ in 0..<10 {
            group.addTask {
              try await pool.transaction([control(7), control(8)])[1][0].integer(0)
            }
          }
          for try await value in group { #expect(value == 8) }
        }
        // It was the same session throughout.
        #expect(try await pool.transaction([Self.backend()])[0][0].integer(0) == backend)
      }
    }
  }

  @Test func `A new backend prepares anew`() async throws {
    let bench = try await Bench.shared()
    let control = Statement("select $1::text /* prepared control: new backend */")
    try await bench.withPool(.init(connections: 1, backoffBase: .milliseconds(1))) { pool in
      for _ in 0..<3 {
        #expect(try await pool.transaction([control("a")])[0][0].string(0) == "a")
        let backend = try await pool.transaction([Self.backend()])[0][0].integer(0)
        try await bench.terminate(backend)
        #expect(try await pool.transaction([control("b")])[0][0].string(0) == "b")
        #expect(try await pool.transaction([Self.backend()])[0][0].integer(0) != backend)
      }
    }
  }

  @Test(arguments: [true, false])
  func `Statements are prepared unless that is switched off`(_ isOn: Bool) async throws {
    let bench = try await Bench.shared()
    let control = Statement("select $1::text /* prepared control: switch */")
    try await bench.withPool(.init(connections: 1, preparedStatements: isOn)) { pool in
      for _ in 0..<3 { _ = try await pool.transaction([control("a")]) }
      let count = try await pool.transaction([Self.prepared()])[0][0].integer(0)
      #expect(count >= (isOn ? 1 : 0))
      #expect(isOn || count == 0)
    }
  }

  @Test func `A statement that cannot be prepared fails alone, each time`() async throws {
    let bench = try await Bench.shared()
    let broken = Statement("selekt 1 /* prepared control: broken */")
    let good = Statement("select 1 /* prepared control: good */")
    try await bench.withPool(.init(connections: 1, waitTimeout: .seconds(60))) { pool in
      for _ in 0..<3 {
        async let first = postgresError { try await pool.transaction([broken(), good()]) }
        async let second = pool.transaction([good()])
        async let third = postgresError { try await pool.transaction([good(), broken()]) }
        let (before, between, after) = try await (first, second, third)
        #expect(before.sqlState == .syntaxError)
        #expect(between[0].count == 1)
        #expect(after.sqlState == .syntaxError)
      }
    }
  }
}
