internal import Postgres

/// The number of an invoice for which none was chosen.
enum InvoiceNumber {
  /// Several that look for one at once take different ones.
  private static let choices: Int64 = 50

  /// Its id; where that is another invoice's number, the next figure that is free in the whole company, whoever
  /// sees the invoices that have the others.
  ///
  /// That the id is taken shows when it is written; then the request is decided anew and comes here again.
  static func free(for id: Int64, _ call: TenantCall) async throws -> String {
    guard call.memory.isRepeated(.invoiceNumber) else { return String(id) }
    let rows = try await call.readAsServer(
      InvoiceStatements.freeNumbers(call.tenantParameter, .integer(id), .integer(choices)))
    let free = try rows[0].map { try $0.integer(0) }
    return String(free.first == id ? id : free.randomElement() ?? id)
  }
}
