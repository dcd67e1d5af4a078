internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `export.*`: what people take out of their company, page by page.
enum ExportMethods {
  static let all = [begin, read]

  private static let begin = Method(
    "export.begin", "Begins an export of cards, or of their contacts or companies.",
    details: "Of the cards on which one holds `export`, with the filters of lists. Members get the "
      + "contacts and companies of those cards; owners and admins without filters all there are. "
      + "export.read gives the rows, for 24 hours and to whoever began alone, by the rights of "
      + "each moment. The export stands in the audit with its filters and count.",
    takes: [.required(ExportMembers.what)] + ExportMembers.filters,
    gives: .object(
      [
        "id": .string, "what": .choice(ExportKind.allCases.map(\.rawValue)),
        "columns": .array(of: .string), "count": .integer, "until": .timestamp,
        "pipeline": .identifier, "stage": .identifier, "outcome": .string,
        "responsible": .identifier, "contact": .identifier, "company": .identifier,
        "source": .string, "from": .date, "to": .date,
      ], required: ["id", "what", "columns", "count", "until"]),
    errors: [.notFound, .invalid], feature: .export,
    .write(.member) { call in
      let asked = Export(try ExportOrder(call.arguments), call)
      try asked.requireHeld()
      try await asked.requireKnown()
      let (count, order) = try await asked.counted()
      let until = call.now.adding(seconds: ExportTicket.patience)
      let ticket = ExportTicket(
        tenant: call.tenant, user: call.standing.user, until: until, order: order)
      let columns = ExportTable(order, of: call.company).columns
      return Work(
        [ExportStatements.begun()],
        answer: RawJSON {
          $0.object {
            $0.member("id", ticket.text(keys: call.services.audit.keys))
            order.write(to: &$0)
            $0.member("columns", columns)
            $0.member("count", count)
            $0.member("until", until)
          }
        })
    })

  private static let read = Method(
    "export.read", "A page of an export's rows, by id: arrays of values in the columns' order.",
    details: "Rows are as they are now: nothing was put by, and what one may no longer export does "
      + "not come. A field that was deleted meanwhile is null.",
    takes: [.required(ExportMembers.id)] + CommonMembers.page,
    gives: .object(
      [
        "columns": .array(of: .string), "items": .array(of: .array(of: .any)),
        "next": Schema.string.nullable,
      ],
      required: ["columns", "items", "next"]),
    errors: [.notFound], feature: .export,
    .read(.member) { call in
      let page = try Page(call)
      guard
        let ticket = ExportTicket(
          call.arguments[ExportMembers.id], keys: call.services.audit.keys),
        ticket.tenant == call.tenant, ticket.user == call.standing.user, call.now < ticket.until
      else { throw RPCError.notFound(what: "export") }
      let export = Export(ticket.order, call)
      try export.requireHeld()
      let table = ExportTable(ticket.order, of: call.company)
      return try page.result(
        try await export.rows(page), itemSize: 512, key: { try $0.string(0) },
        further: { $0.member("columns", table.columns) }, table.write)
    })
}
