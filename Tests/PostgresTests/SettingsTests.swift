internal import Postgres
internal import Testing

@Suite struct SettingsTests {
  @Test func `A URL is read as libpq reads it, several hosts too`() throws {
    let settings = try ConnectionSettings(
      url: "postgresql://anna:p%40ss@one:5433,two,[::1]:5434/sales?target_session_attrs=read-write"
        + "&sslmode=verify-full&application_name=shop&connect_timeout=7")
    #expect(settings["host"] == "one,two,::1")
    #expect(settings["port"] == "5433,,5434")
    #expect(settings["dbname"] == "sales" && settings["user"] == "anna")
    #expect(settings["password"] == "p@ss")
    #expect(
      settings["target_session_attrs"] == "read-write" && settings["sslmode"] == "verify-full")
    #expect(settings.applicationName == "shop" && settings.connectTimeout == .seconds(7))
    #expect(settings["application_name"] == nil && settings["connect_timeout"] == nil)
    let words = try ConnectionSettings(url: "host=/run/postgresql dbname='my sales'")
    #expect(words["host"] == "/run/postgresql" && words["dbname"] == "my sales")
    #expect(words.applicationName == "voronka" && words.connectTimeout == .seconds(10))
  }

  @Test(arguments: [
    "postgresql://anna:secret@host:5432/db?colour=secret", "nonsense secret", "password=secret x",
    "postgresql://[::1/secret", "host=a\u{0}password=secret", "connect_timeout=secret",
    "postgresql://h/db?connect_timeout=-1secret",
  ]) func `A URL that cannot be read is refused without being shown`(_ url: String) {
    let error = #expect(throws: PostgresError.self) { try ConnectionSettings(url: url) }
    #expect(error?.kind == .invalidSettings)
    #expect(
      !String(reflecting: error).contains("secret") && error?.message.contains("secret") == false)
  }

  @Test func `Settings never show the password`() throws {
    var settings = try ConnectionSettings(url: "postgresql://anna:secret@host/db")
    settings["sslpassword"] = "secret"
    var text = "\(settings) \(String(reflecting: settings)) \([settings])"
    dump(settings, to: &text)
    #expect(!text.contains("secret"))
    #expect("\(settings)" == "host=host dbname=db user=anna")
  }

  @Test func `The first host that fits is taken`() async throws {
    let bench = try await Bench.shared()
    let folder = try #require(bench.settings["host"])
    let port = try #require(bench.settings["port"])
    var settings = bench.settings
    settings["host"] = "/nonexistent,\(folder),/also-nonexistent"
    settings["port"] = "1,\(port),1"
    settings["target_session_attrs"] = "read-write"
    try await bench.withPool(settings: settings) { pool in
      _ = try await pool.transaction([Statement("select 1")()])
    }
    settings["target_session_attrs"] = "standby"
    let standby = settings
    let error = try await postgresError {
      try await DedicatedConnection.connect(standby, engine: bench.engine)
    }
    #expect(error.kind == .unavailable)
  }

  @Test func `A host that hangs does not keep the pool from the next one`() async throws {
    let bench = try await Bench.shared()
    let silent = try SilentServer()
    let folder = try #require(bench.settings["host"])
    let port = try #require(bench.settings["port"])
    var settings = bench.settings
    settings["host"] = "127.0.0.1,\(folder)"
    settings["port"] = "\(silent.port),\(port)"
    settings["sslmode"] = "disable"
    settings.connectTimeout = .milliseconds(100)
    try await bench.withPool(
      .init(connections: 1, waitTimeout: .seconds(30), backoffBase: .milliseconds(1)),
      settings: settings
    ) { pool in
      _ = try await pool.transaction([Statement("select 1")()])
    }
  }

  @Test(arguments: [
    ConnectionSettings.SessionParameterDelivery.startupOptions, .transactionLocal,
  ])
  func `Session parameters arrive, however they are spelt`(
    _ delivery: ConnectionSettings.SessionParameterDelivery
  ) async throws {
    let bench = try await Bench.shared()
    var settings = bench.settings
    settings.applicationName = "it's \\ a name"
    settings.statementTimeout = .milliseconds(12_345)
    settings.sessionParameters["voronka.odd"] = #"a b\c'd"e $f"#
    settings.sessionParameters["TimeZone"] = "Asia/Tokyo"
    settings.sessionParameterDelivery = delivery
    let ask = Statement(
      """
      select current_setting('voronka.odd'), current_setting('TimeZone'),
        current_setting('statement_timeout'), current_setting('application_name')
      """)
    try await bench.withPool(.init(connections: 1, waitTimeout: .seconds(60)), settings: settings) {
      pool in
      for _ in 0..<2 {
        let results = try await pool.transaction([ask(), Statement("select 7")()])
        // The engine's own first statement is not the caller's.
        #expect(results.count == 2)
        #expect(try results[0][0].string(0) == #"a b\c'd"e $f"#)
        #expect(try results[0][0].string(1) == "Asia/Tokyo")
        #expect(try results[0][0].string(2) == "12345ms")
        #expect(try results[0][0].string(3) == #"it's \ a name"#)
        #expect(try results[1][0].integer(0) == 7)
      }
    }
  }

  @Test func `Parameters local to the transaction leave nothing in the session`() async throws {
    let bench = try await Bench.shared()
    var settings = bench.settings
    settings.statementTimeout = .milliseconds(50)
    settings.sessionParameterDelivery = .transactionLocal
    let gate = try await Gate(bench)
    try await bench.withPool(.init(connections: 1, waitTimeout: .seconds(60)), settings: settings) {
      pool in
      let error = try await postgresError { try await pool.transaction([gate.pass]) }
      #expect(error.sqlState == .queryCanceled)
      // What the session itself has, seen with the transaction's own setting undone.
      let rows = try await pool.transaction([
        Statement("reset statement_timeout")(),
        Statement("select current_setting('statement_timeout')")(),
      ])
      #expect(try rows[1][0].string(0) == "0")
    }
    try await gate.open()
  }

  @Test func `A round or two of settings says what version serves`() {
    #expect(PostgresVersion(number: 150_020) == PostgresVersion(major: 15, minor: 20))
    let line = "postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)"
    #expect(PostgresVersion(versionLine: line)?.description == "15.20")
    #expect(PostgresVersion(versionLine: "postgres (PostgreSQL) 19beta1")?.major == 19)
    #expect(PostgresVersion(versionLine: "mysql 8.0") == nil)
    #expect(PostgresVersion(versionLine: "postgres (PostgreSQL)") == nil)
    for (version, isSafe) in [
      ((14, 99), false), ((15, 18), false), ((15, 19), true), ((18, 4), false),
      ((18, 5), true), ((19, 0), true),
    ] {
      #expect(PostgresVersion(major: version.0, minor: version.1).isSafe == isSafe)
    }
    #expect(PostgresVersion(major: 9, minor: 6).oldestSafe == PostgresVersion(major: 15, minor: 19))
  }
}
