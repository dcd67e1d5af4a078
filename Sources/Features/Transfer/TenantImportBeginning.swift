internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `tenant.import` with `begin`: the file's first line, and a company that is not there yet.
struct TenantImportBeginning {
  private let call: OperatorCall
  private let step: Arguments

  init(_ call: OperatorCall, _ step: Arguments) {
    self.call = call
    self.step = step
  }

  func work() async throws -> Work {
    let line = step[TransferMembers.header]
    let header = try TransferHeader(line)
    let slug = step[optional: TransferMembers.slug] ?? header.slug
    if let problem = Slug.problem(in: slug) {
      throw RPCError.invalid([FieldProblem(path: "begin.slug", problem: problem.message)])
    }
    let code = step[optional: TransferMembers.plan] ?? header.plan
    let results = try await call.read(
      TransferStatements.tables(), TransferStatements.settings(), PlanStatements.get(.text(code)),
      TenantStatements.get(.text(slug)))
    try header.check(
      settings: try results[1].flatMap { try $0.strings(0).compactMap(\.self) },
      tables: try results[0].map(TransferTable.init))
    guard let row = results[2].first else { throw RPCError.notFound(what: "plan") }
    let plan = try Plan(row, from: 0)
    guard results[3].isEmpty else {
      throw RPCError.conflict(TenantCreation.slugIsTaken)
    }
    let settings = Parameter.bytes(RawJSON(.object(header.settings)).bytes)
    try await check(settings)
    let id = try await call.services.identities.next(.tenant, tenant: 0)
    var digest = TransferDigest()
    digest.add(Array(line.utf8))
    let tables = RawJSON { writer in
      writer.object {
        for table in header.tables {
          $0.name(table.name)
          $0.array { for column in table.columns { $0.value(column) } }
        }
      }
    }
    return Work(
      [
        PlanStatements.hold(.text(plan.code), .integer(plan.version)),
        TransferStatements.createTenant(
          .integer(id), .text(slug), .text(plan.code),
          .timestamp(call.now.adding(seconds: TenantImporting.patience)),
          .strings(header.settings.members.map(\.name)), settings),
        TenantStatements.insertVersion(.integer(id)), ContextStatements.server(.integer(id)),
        TransferStatements.begin(
          .integer(id), .bytes(tables.bytes), .bytea(digest.bytes), .timestamp(call.now)),
      ], answer: TenantImporting.answer(id, nextLine: 2), tenant: id)
  }

  private func check(_ settings: Parameter) async throws {
    do {
      let rows = try await call.read(TransferStatements.checkSettings(settings))[0]
      try await TenantCreation.requireTimezone(try rows[0].stringIfPresent(0) ?? "", call)
    } catch let error as PostgresError where error.isOfData {
      throw RPCError.invalid([
        FieldProblem(path: "begin.header", problem: "has settings that are none")
      ])
    }
  }
}

extension PostgresError {
  /// Whether the database found values wrong: not readable as what they should be, or against a rule.
  var isOfData: Bool {
    guard case .server(let state) = kind else { return false }
    return state.rawValue.hasPrefix("22") || state.rawValue.hasPrefix("23")
      || state.rawValue == "42501"
  }
}
