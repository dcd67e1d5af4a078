internal import JSON
internal import Postgres
internal import SalesRules

/// `import.rows` of products: each new external id is a product, one of the same name that is there
/// already or a new one.
struct ImportProducts {
  private let call: TenantCall

  init(_ call: TenantCall) {
    self.call = call
  }

  func work() async throws -> Work {
    var batch = ImportBatch(call, .product, externalID: \ProductRow.externalID) {
      row throws(RowRejection) in try ProductRow(row)
    }
    let results = try await call.read(
      batch.openingReads + [
        ImportStatements.productsNamed(
          call.tenantParameter, .strings(batch.entries.map(\.row.name)))
      ])
    let record = try batch.open(results)
    let new = batch.newEntries
    let answer = batch.answer(accepted: new.count)
    guard !new.isEmpty else { return .nothing(answer) }
    if record.isDryRun {
      return Work(batch.taking(new.map { ($0.externalID, 0) }), answer: answer)
    }
    var named: [String: Int64] = [:]
    for row in results[3] { named[try row.string(0).lowercased()] = try row.integer(1) }
    var made: [(id: Int64, row: ProductRow)] = []
    var objects: [(externalID: String, object: Int64)] = []
    for entry in new {
      let name = entry.row.name.lowercased()
      if named[name] == nil {
        let id = try await call.newID(.product)
        named[name] = id
        made.append((id, entry.row))
      }
      objects.append((entry.externalID, named[name] ?? 0))
    }
    let insertion = ImportStatements.insertProducts(
      call.tenantParameter, .integers(made.map(\.id)), .strings(made.map(\.row.name)),
      .strings(made.map(\.row.price?.description)))
    return Work(batch.taking(objects) + [insertion], answer: answer)
  }
}
