internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `tenant.import` with `rows` and `finish`: what was begun, line by line to its end.
struct TenantImporting {
  /// How long an import may rest before it is cleared away, in seconds.
  static let patience: Int64 = 86_400

  private let call: OperatorCall
  private let step: Arguments
  private let tenant: Int64
  private let columns: [String: [String]]
  private let lines: Int64
  private let digest: TransferDigest
  private let counts: [String: Int64]

  /// Reads how far the import has come.
  init(_ call: OperatorCall, _ step: Arguments) async throws {
    self.call = call
    self.step = step
    tenant = step[TransferMembers.importID]
    let id = Parameter.integer(tenant)
    let results = try await call.read(
      ContextStatements.server(id), TransferStatements.state(id))
    guard let row = results[1].first else { throw RPCError.notFound(what: "import") }
    let object = { (column: Int) in
      try JSONReader().read(try row.string(column)).object?.members ?? []
    }
    columns = Dictionary(
      uniqueKeysWithValues: try object(0).map {
        ($0.name, ($0.value.array ?? []).compactMap(\.string))
      })
    lines = try row.integer(1)
    digest = TransferDigest(text: try row.string(2)) ?? TransferDigest()
    counts = Dictionary(
      uniqueKeysWithValues: try object(3).map { ($0.name, $0.value.int64 ?? 0) })
  }

  static func answer(_ id: Int64, nextLine: Int64) -> RawJSON {
    RawJSON {
      $0.object {
        $0.member("import", id)
        $0.member("line", nextLine)
      }
    }
  }

  // MARK: - Rows

  /// Rows of one table that follow each other in the file.
  private struct Batch {
    let table: String
    /// The number of its first line in the file.
    let line: Int64
    var rows: [[UInt8]]

    var json: Parameter {
      .bytes(RawJSON { writer in writer.array { for row in rows { $0.raw(row) } } }.bytes)
    }
  }

  /// The transaction is made here, since what is wrong with rows is told by their lines.
  func takeRows() async throws -> Work {
    let number = step[TransferMembers.number]
    guard number == lines + 1 else {
      throw RPCError(
        .conflict, "The next line that is wanted is \(lines + 1), not \(number).",
        data: [("line", .integer(lines + 1))])
    }
    var digest = digest
    var counts = counts
    var batches: [Batch] = []
    for (index, line) in step[TransferMembers.lines].enumerated() {
      let bytes = Array(line.utf8)
      let (table, row) = try read(bytes, number: number + Int64(index))
      digest.add(bytes)
      counts[table, default: 0] += 1
      if batches.last?.table == table {
        batches[batches.count - 1].rows.append(row)
      } else {
        batches.append(Batch(table: table, line: number + Int64(index), rows: [row]))
      }
    }
    let next = lines + Int64(step[TransferMembers.lines].count)
    let id = Parameter.integer(tenant)
    var statements = ContextStatements.forOperator(token: call.token)
    statements += [
      ContextStatements.server(id),
      TransferStatements.keep(id, .timestamp(call.now.adding(seconds: Self.patience))),
      TransferStatements.advance(
        id, .integer(lines), .integer(next), .bytea(digest.bytes),
        .bytes(RawJSON(.object(JSONObject(counts.map { ($0.key, .integer($0.value)) }))).bytes)),
    ]
    statements += batches.map { batch in
      TransferStatements.rows(
        .text(batch.table), .strings(columns[batch.table] ?? []), batch.json,
        .integer(batch.line))
    }
    do throws(PostgresError) {
      _ = try await call.services.writes.transaction(statements)
    } catch {
      guard error.isOfData else { throw error }
      let rule = error.constraint.flatMap { $0.isEmpty ? nil : " by the rule \($0)" } ?? ""
      let place = Int64(error.message).map { "number \($0) is" } ?? "from \(number) on have"
      throw refused(
        "rows.lines",
        "\(place) a row that the database refuses\(rule): the file was changed, or lines are missing"
      )
    }
    return .nothing(Self.answer(tenant, nextLine: next + 1))
  }

  private func read(
    _ line: [UInt8], number: Int64
  ) throws(RPCError) -> (table: String, row: [UInt8]) {
    guard let object = (try? JSONReader().read(line))?.object, object.count == 1,
      let member = object.members.first, member.value.object != nil
    else { throw refused("rows.lines", "number \(number) is not a row") }
    guard let known = columns[member.name] else {
      throw refused(
        "rows.lines", "number \(number) is of a table that the first line does not name")
    }
    for column in member.value.object?.members ?? [] where !known.contains(column.name) {
      throw refused(
        "rows.lines", "number \(number) has a column that the first line does not name")
    }
    return (member.name, Array(line[member.range]))
  }

  // MARK: - The end

  func finish() async throws -> Work {
    try checkTrailer()
    let id = Parameter.integer(tenant)
    let results = try await call.read(
      ContextStatements.server(id), TransferStatements.get(id), TransferStatements.owner(id),
      TenantPlanStatements.usage(id))
    guard let row = results[1].first else { throw RPCError.notFound(what: "import") }
    var company = try Tenant(row)
    guard let planRow = try await call.read(PlanStatements.get(.text(company.plan)))[0].first
    else { throw RPCError.notFound(what: "plan") }
    let plan = try Plan(planRow, from: 0)
    let usage = try TenantPlanStatements.usage(in: results[3])
    if let violation = plan.limits.violation(of: .users, used: 0, adding: usage[.users] ?? 0) {
      let offers = try await call.read(PlanStatements.active())[0].map {
        try Plan($0, from: 0).offer
      }
      throw RPCError.planLimit(violation, plan: plan.code, offers: offers, usage: usage)
    }
    let owner = results[2].first
    company.state = .active
    company.purgeAt = nil
    company.version += 1
    var statements = [
      PlanStatements.hold(.text(plan.code), .integer(plan.version)),
      ContextStatements.server(id), TransferStatements.end(id, .integer(lines)),
      TransferStatements.open(id), ContextStatements.moveVersionUnguarded(id),
      TenantPlanStatements.freeze(id, .integer(plan.limits.dealPipelines)),
      SearchBacklog.beginning(tenant: tenant), LineStatements.markAll(id),
      ActivityStatements.settleAll(id),
    ]
    call.services.search.touch(tenant)
    if let password = step[optional: TransferMembers.password] {
      statements.append(try await newPassword(password, owner))
    }
    return Work(statements, answer: try answer(company, owner), tenant: tenant)
  }

  private func newPassword(_ password: String, _ owner: Row?) async throws -> BoundStatement {
    if let problem = Password.problem(in: password) {
      throw RPCError.invalid([FieldProblem(path: "finish.password", problem: problem.message)])
    }
    guard let owner else {
      throw refused("finish.password", "is for an owner, and the file has none who is active")
    }
    let hash = try await call.services.passwords.hash(password)
    return AuthenticationStatements.setPassword(
      .integer(tenant), .integer(try owner.integer(0)), .text(hash.text))
  }

  private func answer(_ company: Tenant, _ owner: Row?) throws -> RawJSON {
    try RawJSON {
      try $0.object {
        $0.name("tenant")
        company.write(to: &$0)
        if let owner {
          try $0.member("owner") {
            $0.member("id", try owner.integer(0))
            $0.member("email", try owner.string(1))
            $0.member("name", try owner.string(2))
          }
        }
        $0.name("tables")
        $0.object { writer in
          for (table, count) in counts.sorted(by: { $0.key < $1.key }) {
            writer.name(table)
            writer.value(count)
          }
        }
      }
    }
  }

  /// The last line tells whether all lines before it came, and as they were.
  private func checkTrailer() throws(RPCError) {
    let json = try? JSONReader().read(step[TransferMembers.trailer])
    guard let end = json?["end"], let told = end["tables"]?.object else {
      throw refused("finish.trailer", "is not the last line of a company's file")
    }
    guard end["lines"]?.int64 == lines else {
      throw refused(
        "finish.trailer",
        "tells of \(end["lines"]?.int64 ?? 0) lines before it, and \(lines) have come")
    }
    for member in told.members where member.value.int64 != counts[member.name] ?? 0 {
      throw refused("finish.trailer", "tells of another number of rows of \(member.name)")
    }
    guard Set(counts.keys).isSubset(of: told.members.map(\.name)) else {
      throw refused("finish.trailer", "does not tell of every table")
    }
    guard end["digest"]?.string == digest.text else {
      throw refused("finish.trailer", "has another digest: a line was changed")
    }
  }

  private func refused(_ path: String, _ problem: String) -> RPCError {
    .invalid([FieldProblem(path: path, problem: problem)])
  }
}
