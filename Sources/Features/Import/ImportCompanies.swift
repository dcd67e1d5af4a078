internal import JSON
internal import Postgres
internal import SalesRules

/// `import.rows` of companies: each new external id is a company.
struct ImportCompanies {
  private let call: TenantCall

  init(_ call: TenantCall) {
    self.call = call
  }

  func work() async throws -> Work {
    var batch = ImportBatch(call, .company, externalID: \CompanyRow.externalID) {
      row throws(RowRejection) in try CompanyRow(row)
    }
    let record = try batch.open(try await call.read(batch.openingReads))
    let new = batch.takeNew()
    let answer = batch.answer(accepted: new.count)
    guard !new.isEmpty else { return .nothing(answer) }
    if record.isDryRun {
      return Work(batch.taking(new.map { $0.key(0) }), answer: answer)
    }
    let ids = try await call.newIDs(.company, count: new.count)
    let insertion = ImportStatements.insertCompanies(
      call.tenantParameter, .integers(ids), .strings(new.map(\.row.name)),
      .strings(new.map { String(decoding: $0.row.fields.bytes, as: UTF8.self) }),
      .integer(call.standing.user), .timestamp(call.now),
      .strings(new.map { SearchWords(company: $0.row.name).joined }),
      .strings(new.map { "=" + CompanyName.comparisonKey($0.row.name) }))
    return Work(
      batch.taking(zip(new, ids).map { $0.key($1) }) + [insertion], answer: answer)
  }
}
