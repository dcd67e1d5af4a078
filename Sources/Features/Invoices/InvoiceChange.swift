internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A change of an invoice, which is one of its deal too: the deal's version moves with it and its history
/// tells of it. So changes of one deal's invoices come one after another, on every server.
struct InvoiceChange {
  let deal: Card
  let before: Invoice?
  let today: CalendarDate
  private let call: TenantCall

  /// Reads the deal of a new invoice; one that the caller may not edit is refused.
  init(of deal: Int64, _ call: TenantCall) async throws {
    self.deal = try await Self.deal(deal, call)
    before = nil
    today = try await Self.today(call)
    self.call = call
  }

  /// Reads an invoice that the request names, with its deal.
  init(_ call: TenantCall) async throws {
    let invoice = try await Self.find(call)
    deal = try await Self.deal(invoice.deal, call)
    try call.requireVersion(invoice.version)
    before = invoice
    today = try await Self.today(call)
    self.call = call
  }

  static func find(_ call: TenantCall) async throws -> Invoice {
    let rows = try await call.read(
      InvoiceStatements.get(
        call.tenantParameter, .integer(call.arguments[CommonMembers.id])))
    guard let invoice = try rows[0].first.map(Invoice.init) else {
      throw RPCError.notFound(what: "invoice")
    }
    return invoice
  }

  static func today(_ call: TenantCall) async throws -> CalendarDate {
    let rows = try await call.read(
      InvoiceStatements.today(.timestamp(call.now), .text(call.company.timezone)))
    return try rows[0][0].date(0)
  }

  private static func deal(_ id: Int64, _ call: TenantCall) async throws -> Card {
    let card = try await CardReading.find(id, .deal, call).card
    guard call.standing.holds(.edit, on: card.place) else {
      throw RPCError.forbidden(needs: Action.edit.rawValue)
    }
    return card
  }

  /// The invoice as the methods' answer.
  func answer(_ invoice: Invoice) -> RawJSON {
    RawJSON { invoice.write(to: &$0, currency: call.company.currency, today: today) }
  }

  /// The whole decision.
  func work(
    _ kind: CardChange.Kind, to after: Invoice, noting details: JSONObject = [:],
    _ statements: [BoundStatement]
  ) -> Work {
    var change = CardChange(kind, of: deal, call)
    change.note("invoice", .integer(after.id))
    change.note("number", .string(after.number))
    change.note("state", .string(after.state.rawValue))
    for detail in details.members { change.note(detail.name, detail.value) }
    return Work(
      change.statements + statements, answer: answer(after), before: before.map(answer),
      card: deal.id, action: .edit, written: [deal.id]
    ).seen(by: .changed(change.after, from: deal))
  }

  /// What writes a changed invoice.
  func update(_ after: Invoice) -> BoundStatement {
    InvoiceStatements.update(
      call.tenantParameter, .integer(after.id), .integer(after.version - 1), .text(after.number),
      .text(after.amount.description), .text(after.paid.description), .text(after.state.rawValue),
      .text(after.dueAt.description), after.paidAt.map { .timestamp($0) } ?? .null)
  }
}
