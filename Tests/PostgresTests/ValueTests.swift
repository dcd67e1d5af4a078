internal import Postgres
internal import Testing

/// Values go in typed and come out typed, whole or with an error that does not show them.
@Suite struct ValueTests {
  @Test func `Values of every type come back as they went`() async throws {
    let bench = try await Bench.shared()
    let echo = Statement("select $1::bigint, $2::text, $3::boolean, $4::float8")
    try await bench.withPool { pool in
      for integer in [0, -1, Int64.max, .min] {
        let rows = try await pool.transaction([echo(.integer(integer), nil, nil, nil)])[0]
        #expect(try rows[0].integer(0) == integer)
        #expect(try rows[0].integerIfPresent(0) == integer)
      }
      for text in [
        "", "Кухня 😀", "a\tb\nc\\\"'", "NULL", "e\u{301}", String(repeating: "я", count: 70_000),
      ] {
        let rows = try await pool.transaction([echo(nil, .string(text), nil, nil)])[0]
        #expect(Array(try rows[0].string(1).utf8) == Array(text.utf8))
        #expect(rows[0].withBytes(1) { Array($0) } == Array(text.utf8))
      }
      for truth in [true, false] {
        #expect(
          try await pool.transaction([echo(nil, nil, .bool(truth), nil)])[0][0].bool(2) == truth)
      }
      for double in [
        0.1, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity,
      ] as [Double] {
        let rows = try await pool.transaction([echo(nil, nil, nil, .double(double))])[0]
        #expect(try rows[0].double(3).bitPattern == double.bitPattern)
      }
      let nan = try await pool.transaction([echo(nil, nil, nil, .double(.nan))])[0]
      #expect(try nan[0].double(3).isNaN)
    }
  }

  @Test func `NULL is nil and not an empty text`() async throws {
    let bench = try await Bench.shared()
    try await bench.withPool { pool in
      let none: Int64? = nil
      let row = try await pool.transaction([
        Statement("select $1::bigint, $2::text, $3::text, $4::boolean, $5::float8")(
          .integer(none), .string(nil), "", .bool(nil), .double(nil))
      ])[0][0]
      #expect(row.isNull(0) && row.isNull(1) && !row.isNull(2))
      #expect(try row.integerIfPresent(0) == nil && row.stringIfPresent(1) == nil)
      #expect(try row.stringIfPresent(2) == "" && row.boolIfPresent(3) == nil)
      #expect(try row.doubleIfPresent(4) == nil)
      #expect(row.withBytes(1) { $0.count } == 0)
    }
  }

  @Test func `Arrays keep every element, the awkward ones too`() async throws {
    let bench = try await Bench.shared()
    let texts = ["", "NULL", "null", "a,b", "{}", "\"", "\\", "\\\"", " ", "Кухня", "a\nb", nil]
    try await bench.withPool { pool in
      let row = try await pool.transaction([
        Statement("select $1::bigint[], $2::text[], $3::boolean[]::text, $4::bigint[], $5::text[]")(
          .integers([1, -5, .max, .min] as [Int64]), .strings(texts), .bools([true, false]),
          .integers([] as [Int64]), .strings([] as [String]))
      ])[0][0]
      #expect(try row.integers(0) == [1, -5, .max, .min])
      #expect(try row.strings(1) == texts)
      #expect(try row.string(2) == "{t,f}")
      #expect(try row.integers(3).isEmpty && row.strings(4).isEmpty)
      let nulls = try await pool.transaction([
        Statement("select cardinality($1::bigint[]), $1::bigint[]")(
          .integers([1, nil] as [Int64?]))
      ])[0][0]
      #expect(try nulls.integer(0) == 2)
      #expect(throws: PostgresError.self) { try nulls.integers(1) }
      #expect(try nulls.strings(1) == ["1", nil])
    }
  }

  @Test func `A parameter with NUL is refused and nothing is sent`() async throws {
    let bench = try await Bench.shared()
    try await bench.script("create table nul (t text)")
    let insert = Statement("insert into nul values ($1::text)")
    try await bench.withPool { pool in
      for parameter in [Parameter.text("a\u{0}b"), .bytes([0]), .strings(["a", "\u{0}"])] {
        let error = try await postgresError {
          try await pool.transaction([insert("good"), insert(parameter)])
        }
        #expect(error.kind == .invalidParameter)
        #expect(error.message == "parameter $1 contains NUL")
      }
      let rows = try await pool.transaction([Statement("select count(*) from nul")()])
      #expect(try rows[0][0].integer(0) == 0)
    }
  }

  @Test func `What is not of its type is the server's error, with its code`() async throws {
    let bench = try await Bench.shared()
    try await bench.withPool { pool in
      let cast = Statement("select $1::bigint")
      #expect(
        try await postgresError { try await pool.transaction([cast("secret")]) }.sqlState
          == .invalidTextRepresentation)
      #expect(
        try await postgresError { try await pool.transaction([cast("99999999999999999999")]) }
          .sqlState == .numericValueOutOfRange)
      let invalid = try await postgresError {
        try await pool.transaction([Statement("select $1::text")(.bytes([0xFF, 0xFE]))])
      }
      #expect(invalid.sqlState == SQLState(rawValue: "22021"))
      #expect(invalid.sqlState?.family == "22")
    }
  }

  @Test func `A reading that does not fit names the column and not the value`() async throws {
    let bench = try await Bench.shared()
    try await bench.withPool { pool in
      let row = try await pool.transaction([
        Statement(
          """
          select 'secret' as word, null as nothing, 9223372036854775808 as large, '{secret}' as list,
            ' 5' as padded, '+5' as signed, 't ' as truth, '1.5' as share, '{{1},{2}}' as deep
          """)()
      ])[0][0]
      let readings: [(String, (Row) throws -> Void)] = [
        ("word", { _ = try $0.integer(0) }), ("word", { _ = try $0.bool(0) }),
        ("word", { _ = try $0.double(0) }), ("word", { _ = try $0.integers(0) }),
        ("word", { _ = try $0.strings(0) }), ("word", { _ = try $0.integerIfPresent(0) }),
        ("nothing", { _ = try $0.string(1) }), ("nothing", { _ = try $0.integer(1) }),
        ("large", { _ = try $0.integer(2) }), ("list", { _ = try $0.integers(3) }),
        ("padded", { _ = try $0.integer(4) }), ("signed", { _ = try $0.integer(5) }),
        ("truth", { _ = try $0.bool(6) }), ("share", { _ = try $0.integer(7) }),
        ("deep", { _ = try $0.integers(8) }), ("deep", { _ = try $0.strings(8) }),
      ]
      for (column, reading) in readings {
        let error = #expect(throws: PostgresError.self) { try reading(row) }
        #expect(error?.kind == .decoding)
        #expect(error?.message.contains("(\(column))") == true)
        #expect(!String(reflecting: error).contains("secret"))
      }
      let beyond = #expect(throws: PostgresError.self) { try row.string(9) }
      #expect(beyond?.kind == .decoding)
      #expect(throws: PostgresError.self) { try row.integerIfPresent(-1) }
    }
  }

  @Test func `Neither a statement nor a parameter nor an error for logs shows a value`() throws {
    let statement = Statement("select $1::text, $2::text[]")(
      "secret", .strings(["secret"] as [String]))
    let parameter = Parameter.text("secret")
    for text in [
      "\(statement)", String(reflecting: statement), "\(parameter)", String(reflecting: parameter),
      dumped(statement), dumped(parameter), dumped([parameter]), "\([statement])",
    ] {
      #expect(!text.contains("secret"))
    }
    #expect("\(statement)" == "select $1::text, $2::text[] [2 parameters]")
    #expect("\(Parameter.null)" == "null")
  }

  @Test func `Results know their columns and how many rows were touched`() async throws {
    let bench = try await Bench.shared()
    try await bench.script("create table touched (n bigint)")
    try await bench.withPool { pool in
      let results = try await pool.transaction([
        Statement("insert into touched select generate_series(1, 10)")(),
        Statement("update touched set n = n + 1 where n > $1::bigint")(7),
        Statement("select n as number, 1 as one from touched where n < $1::bigint")(0),
        Statement("set local work_mem = '1MB'")(),
      ])
      #expect(results.map(\.affected) == [10, 3, 0, 0])
      #expect(results[2].isEmpty && results[2].columnCount == 2)
      #expect(results[2].columnName(0) == "number")
      #expect(results[0].columnCount == 0)
    }
  }

  private func dumped(_ value: some Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
  }
}
