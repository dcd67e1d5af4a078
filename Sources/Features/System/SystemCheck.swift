internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `system.check`: what only the server sees of its own safety.
struct SystemCheck {
  /// How a check came out.
  enum Outcome: String, CaseIterable {
    case fine = "ok"
    case warning
    case fault
  }

  /// One check's outcome.
  struct Finding {
    let check: String
    let outcome: Outcome
    let detail: String
  }

  static let method = Method(
    "system.check",
    "Looks at the database's role, row-level security, settings, versions, clock and disk.",
    details:
      "`fault`: companies are not kept apart, or what is acknowledged may be lost. `warning`: "
      + "somebody should look at it. voronka doctor shows it, and tries the methods as well.",
    gives: .object(
      [
        "version": .string, "postgres": .string, "time": .timestamp,
        "checks": .array(
          of: .object(
            [
              "check": .string, "state": .choice(Outcome.allCases.map(\.rawValue)),
              "detail": .string,
            ], required: ["check", "state", "detail"])),
      ], required: ["version", "postgres", "time", "checks"]),
    .operatorRead { call in try await SystemCheck(call).answer })

  private let call: OperatorCall

  private init(_ call: OperatorCall) {
    self.call = call
  }

  private var answer: RawJSON {
    get async throws {
      let results = try await call.read(
        SystemCheckStatements.facts(), SystemCheckStatements.role(),
        SystemCheckStatements.tables(.strings(["migration", "tenant_version"])),
        SystemCheckStatements.policies(), SystemCheckStatements.privileges())
      let facts = results[0][0]
      var findings = [
        try version(facts),
        try none(results[1], "role", "the server's role holds no power over the database"),
        try none(results[2], "row_security", "enabled and forced on every table"),
        try none(results[3], "policies", "every policy checks what is written"),
        try none(results[4], "privileges", "the server's role holds no more than it needs"),
      ]
      findings += try durability(facts) + [listening(facts), clock(facts), wraparound(facts)]
      findings += disk
      let postgres = try facts.string(1)
      return RawJSON {
        $0.object {
          $0.member("version", call.services.configuration.serverVersion)
          $0.member("postgres", postgres)
          $0.member("time", call.now)
          $0.name("checks")
          $0.array {
            for finding in findings {
              $0.object {
                $0.member("check", finding.check)
                $0.member("state", finding.outcome.rawValue)
                $0.member("detail", finding.detail)
              }
            }
          }
        }
      }
    }
  }

  /// Fine where the database found nothing.
  private func none(_ rows: Rows, _ check: String, _ fine: String) throws -> Finding {
    let found = try rows.map { try $0.string(0) }
    guard !found.isEmpty else { return Finding(check: check, outcome: .fine, detail: fine) }
    return Finding(check: check, outcome: .fault, detail: found.prefix(10).joined(separator: ", "))
  }

  private func version(_ facts: Row) throws -> Finding {
    let version = PostgresVersion(number: Int(try facts.integer(0)))
    return Finding(
      check: "postgres_version", outcome: version.isSafe ? .fine : .fault,
      detail: version.isSafe
        ? "PostgreSQL \(version)"
        : "PostgreSQL \(version) may keep a plan of another role; \(version.oldestSafe) is safe")
  }

  /// What keeps an acknowledged write through a crash.
  private func durability(_ facts: Row) throws -> [Finding] {
    let settings: [(name: String, wanted: (String) -> Bool, outcome: Outcome)] = [
      ("fsync", { $0 == "on" }, .fault), ("full_page_writes", { $0 == "on" }, .fault),
      ("synchronous_commit", { $0 != "off" }, .fault),
      ("row_security_setting", { $0 == "on" }, .fault),
      ("data_checksums", { $0 == "on" }, .warning), ("autovacuum", { $0 == "on" }, .warning),
    ]
    return try settings.enumerated().map { place, setting in
      let value = try facts.string(2 + place)
      return Finding(
        check: setting.name, outcome: setting.wanted(value) ? .fine : setting.outcome,
        detail: value)
    }
  }

  private func listening(_ facts: Row) throws -> Finding {
    let addresses = try facts.string(8)
    let isClosed = ["", "localhost", "127.0.0.1", "::1"].contains(addresses)
    return Finding(
      check: "listen_addresses", outcome: isClosed ? .fine : .warning,
      detail: addresses.isEmpty
        ? "PostgreSQL listens on its Unix socket alone" : "PostgreSQL listens on \(addresses)")
  }

  private func clock(_ facts: Row) throws -> Finding {
    let seconds = abs(
      try facts.double(9) - Double(WallClock.system.now.microsecondsSince1970) / 1_000_000)
    let outcome: Outcome = seconds < 2 ? .fine : seconds < 60 ? .warning : .fault
    return Finding(
      check: "clock", outcome: outcome,
      detail: outcome == .fine
        ? "the server's and PostgreSQL's agree"
        : "the server's and PostgreSQL's differ by \(Int(seconds)) s")
  }

  private func wraparound(_ facts: Row) throws -> Finding {
    let age = try facts.integer(10)
    let outcome: Outcome = age < 1_000_000_000 ? .fine : age < 1_500_000_000 ? .warning : .fault
    return Finding(
      check: "transaction_age", outcome: outcome,
      detail: "the oldest row was not frozen for \(age) transactions")
  }

  private var disk: [Finding] {
    guard let room = call.services.configuration.diskRoom() else { return [] }
    let share = room.total > 0 ? room.free * 100 / room.total : 0
    let outcome: Outcome =
      room.free < 200 << 20 || share < 2
      ? .fault : room.free < 1 << 30 || share < 10 ? .warning : .fine
    return [
      Finding(
        check: "disk_room", outcome: outcome,
        detail: "\(room.free >> 20) MiB of \(room.total >> 20) are free under the data folder")
    ]
  }
}
