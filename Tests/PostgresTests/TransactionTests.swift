internal import Postgres
internal import Testing

@Suite struct TransactionTests {
  @Test func `Results come in the order of the statements`() async throws {
    let bench = try await Bench.shared()
    try await bench.withPool { pool in
      let results = try await pool.transaction([
        Statement("select $1::bigint + 1, $2::text, $3::boolean, $4::text")(
          41, "seller", true, nil),
        Statement("select n from generate_series(1, $1::bigint) as n")(3),
      ])
      let row = results[0][0]
      #expect(try row.integer(0) == 42)
      #expect(try row.string(1) == "seller")
      #expect(try row.bool(2))
      #expect(row.isNull(3))
      #expect(try results[1].map { try $0.integer(0) } == [1, 2, 3])
      #expect(results[1].affected == 3)
    }
  }

  @Test func `A server error carries its code and constraint and shows no value`() async throws {
    let bench = try await Bench.shared()
    try await bench.script(
      "create table error_shape (name text constraint error_shape_name unique)")
    try await bench.withPool { pool in
      let insert = Statement("insert into error_shape values ($1::text)")
      _ = try await pool.transaction([insert("secret")])
      let error = try await postgresError { try await pool.transaction([insert("secret")]) }
      #expect(error.sqlState == .uniqueViolation)
      #expect(error.constraint == "error_shape_name")
      #expect(error.table == "error_shape")
      #expect(!"\(error)".contains("secret"))
      #expect(String(reflecting: error).contains("secret"))
    }
  }
}
