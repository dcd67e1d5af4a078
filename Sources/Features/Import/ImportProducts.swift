internal import JSON
internal import Postgres
internal import SalesRules

/// `import.rows` of products: each new external id is a product, one of the same name that is there
/// already, which keeps its price, or a new one.
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
    var named: [String: (id: Int64, price: MoneyAmount?)] = [:]
    for row in results[3] {
      named[try row.string(0).lowercased()] = (
        try row.integer(1), try row.stringIfPresent(2).flatMap { MoneyAmount($0) }
      )
    }
    var made: [(id: Int64, row: ProductRow)] = []
    var keys: [ImportKey] = []
    for entry in batch.takeNew() {
      let name = entry.row.name.lowercased()
      if let product = named[name] {
        keys.append(entry.key(product.id))
        if let price = entry.row.price, price != product.price {
          batch.warn(entry, keeping(product.price, not: price))
        }
        continue
      }
      let id = record.isDryRun ? 0 : try await call.newID(.product)
      named[name] = (id, entry.row.price)
      made.append((id, entry.row))
      keys.append(entry.key(id))
    }
    let answer = batch.answer(accepted: keys.count)
    guard !keys.isEmpty else { return .nothing(answer) }
    if record.isDryRun {
      return Work(batch.taking(keys), answer: answer)
    }
    let insertion = ImportStatements.insertProducts(
      call.tenantParameter, .integers(made.map(\.id)), .strings(made.map(\.row.name)),
      .strings(made.map(\.row.price?.description)))
    return Work(batch.taking(keys) + [insertion], answer: answer)
  }

  private func keeping(_ price: MoneyAmount?, not other: MoneyAmount) -> String {
    let kept = price.map { "its price \($0)" } ?? "no price"
    return
      "a product of that name is there already and keeps \(kept), not \(other): change it with "
      + ImportKind.product.changingMethod
  }
}
