internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `invoice.*`: what clients are asked to pay for a deal, and what they paid.
enum InvoiceMethods {
  static let all = [create, get, list, update, cancel, pay]

  private static let deal = Member<Int64>.identifier("deal", "The deal's id.")
  private static let number = Member<String>.text(
    "number", length: 1...100,
    "Its number, unique in the company; where it is absent its id, or the next figure that is free."
  )
  private static let amount = CommonMembers.money("amount", "How much, in the company's currency.")
  private static let dueAt = day("due_at", "The last day for paying.")
  private static let state = Member<Invoice.State>.choice("state", "How they stand.")
  private static let paidAt = CommonMembers.moment("paid_at", "When the money came in (now).")

  private static func day(_ name: String, _ summary: String) -> Member<CalendarDate> {
    Member<WireDate>.date(name, summary).map { day in
      guard let date = CalendarDate(year: day.year, month: day.month, day: day.day) else {
        return .failure(FieldProblems("has to be a date, such as 2025-03-01"))
      }
      return .success(date)
    }
  }

  // MARK: - Looking

  private static let get = Method(
    "invoice.get", "One invoice with its payments.",
    details: "Whoever sees the deal sees its invoices.", takes: [.required(CommonMembers.id)],
    gives: Invoice.schema, errors: [.notFound],
    .read(.member) { call in
      let invoice = try await InvoiceChange.find(call)
      let rows = try await call.read(
        InvoiceStatements.payments(call.tenantParameter, .integer(invoice.id)),
        InvoiceStatements.today(.timestamp(call.now), .text(call.company.timezone)))
      let (today, currency) = (try rows[1][0].date(0), call.company.currency)
      return try RawJSON {
        try invoice.write(to: &$0, currency: currency, today: today) { writer in
          writer.name("payments")
          try writer.array {
            for row in rows[0] {
              try $0.object {
                $0.money("amount", try row.money(0), currency)
                $0.member("paid_at", try row.timestamp(1))
                $0.member("created_by", try row.integerIfPresent(2))
                $0.member("created_at", try row.timestamp(3))
              }
            }
          }
        }
      }
    })

  private static let from = day("from", "Due on this day or later.")
  private static let to = day("to", "Due on this day or earlier.")
  private static let overdue = Member<Bool>.boolean(
    "overdue", "Only open ones whose last day is over.")

  private static let list = Method(
    "invoice.list", "The invoices of the deals that one sees, by the day they are due.",
    takes: [
      .optional(deal), .optional(state), .optional(from), .optional(to), .optional(overdue),
    ] + CommonMembers.page, gives: Shapes.page(of: Invoice.schema), errors: [.invalid],
    .read(.member) { call in
      let (page, arguments) = (try Page(call), call.arguments)
      let key = try after(page)
      let today = try await InvoiceChange.today(call)
      var (wanted, last) = (arguments[optional: state], arguments[optional: to])
      if arguments[optional: overdue] == true {
        if let wanted, wanted != .open {
          throw RPCError.invalid([
            FieldProblem(path: "overdue", problem: "is only for open invoices")
          ])
        }
        wanted = .open
        let yesterday = today.adding(days: -1) ?? today
        last = min(last ?? yesterday, yesterday)
      }
      let rows = try await call.read(
        InvoiceStatements.list(
          call.tenantParameter, .string(key?.day.description), .integer(key?.id), page.fetch,
          .integer(arguments[optional: deal]), .string(wanted?.rawValue),
          .string(arguments[optional: from]?.description), .string(last?.description)))
      return page.result(
        try rows[0].map(Invoice.init), key: { "\($0.dueAt):\($0.id)" }
      ) { $0.write(to: &$1, currency: call.company.currency, today: today) }
    })

  private static func after(_ page: Page) throws -> (day: CalendarDate, id: Int64)? {
    guard let after = page.after else { return nil }
    let parts = after.split(separator: ":")
    guard parts.count == 2, let day = CalendarDate(parts[0]), let id = Int64(parts[1]) else {
      throw Page.wrongCursor
    }
    return (day, id)
  }

  // MARK: - Writing

  private static let create = Method(
    "invoice.create", "Asks for money for a deal.",
    details: "Without an amount it is what of the deal's own is not invoiced yet. Needs `edit` on "
      + "the deal, as every change of an invoice does.",
    takes: [.required(deal), .required(dueAt), .optional(number), .optional(amount)],
    gives: Invoice.schema, errors: [.notFound, .invalid, .conflict],
    .write(.member) { call in
      let arguments = call.arguments
      let change = try await InvoiceChange(of: arguments[deal], call)
      let amount = try await amount(of: change.deal, call)
      let id = try await call.newID(.invoice)
      let chosen = arguments[optional: Self.number]
      let number = if let chosen { chosen } else { try await InvoiceNumber.free(for: id, call) }
      let invoice = Invoice(
        id: id, deal: change.deal.id, number: number,
        amount: amount, paid: .zero, state: .open, dueAt: arguments[dueAt], createdAt: call.now,
        version: 1)
      let insert = (chosen == nil ? InvoiceStatements.insertNumbered : InvoiceStatements.insert)(
        call.tenantParameter, .integer(id), .integer(invoice.deal), .text(invoice.number),
        .text(amount.description), .text(invoice.dueAt.description),
        .integer(call.standing.user), .timestamp(call.now))
      return change.work(
        .invoiced, to: invoice, noting: ["amount": .string(amount.description)], [insert])
    })

  /// The amount given, or what of the deal's is not invoiced yet.
  private static func amount(of deal: Card, _ call: TenantCall) async throws -> MoneyAmount {
    if let given = call.arguments[optional: amount] { return try positive(given, call) }
    let rows = try await call.read(
      InvoiceStatements.invoiced(call.tenantParameter, .integer(deal.id)))
    guard let rest = (deal.amount ?? .zero).subtracting(try rows[0][0].money(0)),
      rest > .zero
    else {
      throw RPCError.invalid([
        FieldProblem(
          path: "amount",
          problem: "is missing; "
            + (deal.amount == nil
              ? "the deal has none of its own" : "all of the deal's is invoiced already"))
      ])
    }
    return rest
  }

  private static func positive(_ money: Money, _ call: TenantCall) throws -> MoneyAmount {
    let amount = try money.price("amount", in: call.company)
    guard amount > .zero else {
      throw RPCError.invalid([FieldProblem(path: "amount", problem: "has to be more than zero")])
    }
    return amount
  }

  private static let update = Method(
    "invoice.update", "Changes an open invoice's number, amount or last day.",
    details: "Not below what has come in already; lowered to just that, it is paid.",
    takes: [
      .required(CommonMembers.id), .optional(number), .optional(amount), .optional(dueAt),
    ], gives: Invoice.schema, errors: [.notFound, .invalid, .conflict], traits: .versioned,
    .write(.member) { call in
      let change = try await InvoiceChange(call)
      guard let present = change.before else { throw RPCError.notFound(what: "invoice") }
      var invoice = present
      if let number = call.arguments[optional: number] { invoice.number = number }
      if let day = call.arguments[optional: dueAt] { invoice.dueAt = day }
      if let given = call.arguments[optional: amount] {
        invoice.amount = try positive(given, call)
        if invoice.amount < invoice.paid {
          throw RPCError.invalid([
            FieldProblem(path: "amount", problem: "is less than the \(invoice.paid) that came in")
          ])
        }
      }
      guard invoice != present else {
        return .nothing(change.answer(present), card: present.deal)
      }
      try requireOpen(present)
      if invoice.paid == invoice.amount {
        invoice.state = .paid
        invoice.paidAt = call.now
      }
      invoice.version += 1
      var details: JSONObject = [:]
      if invoice.amount != present.amount {
        details["amount_before"] = .string(present.amount.description)
        details["amount_after"] = .string(invoice.amount.description)
      }
      if invoice.dueAt != present.dueAt {
        details["due_before"] = .string(present.dueAt.description)
        details["due_after"] = .string(invoice.dueAt.description)
      }
      var work = change.work(.invoiced, to: invoice, noting: details, [change.update(invoice)])
      if invoice.state == .paid { work.furtherEvents.append(paid(invoice, work)) }
      return work
    })

  private static let cancel = Method(
    "invoice.cancel", "Withdraws an open invoice on which nothing has come in.",
    details: "One that is paid in part is lowered to that with invoice.update.",
    takes: [.required(CommonMembers.id)], gives: Invoice.schema, errors: [.notFound, .conflict],
    traits: .versioned,
    .write(.member) { call in
      let change = try await InvoiceChange(call)
      guard var invoice = change.before else { throw RPCError.notFound(what: "invoice") }
      if invoice.state == .cancelled {
        return .nothing(change.answer(invoice), card: invoice.deal)
      }
      try requireOpen(invoice)
      guard invoice.paid == .zero else {
        throw RPCError.conflict(
          "\(invoice.paid) of the invoice came in. Lower its amount to that instead.")
      }
      invoice.state = .cancelled
      invoice.version += 1
      return change.work(.invoiced, to: invoice, [change.update(invoice)])
    })

  private static let pay = Method(
    "invoice.pay", "Notes that money came in on an invoice: all of the rest, or a part.",
    details: "Never more than is still to be paid. With the last of it the invoice is paid, which "
      + "the event `invoice.paid` tells.",
    takes: [.required(CommonMembers.id), .optional(amount), .optional(paidAt)],
    gives: Invoice.schema, errors: [.notFound, .invalid, .conflict], traits: .versioned,
    .write(.member) { call in
      let change = try await InvoiceChange(call)
      guard var invoice = change.before else { throw RPCError.notFound(what: "invoice") }
      try requireOpen(invoice)
      let moment = call.arguments[optional: paidAt] ?? call.now
      let sum = try call.arguments[optional: amount].map { try positive($0, call) } ?? invoice.rest
      var checks = ValueChecks()
      if sum > invoice.rest {
        checks.note("amount", "is more than the \(invoice.rest) that is still to be paid")
      }
      if moment > call.now { checks.note("paid_at", "is still to come") }
      try checks.finish()
      invoice.paid = invoice.paid.adding(sum) ?? invoice.amount
      invoice.version += 1
      if invoice.paid == invoice.amount {
        invoice.state = .paid
        invoice.paidAt = moment
      }
      let payment = InvoiceStatements.pay(
        call.tenantParameter, .integer(invoice.deal), .integer(invoice.id),
        .integer(invoice.version), .text(sum.description), .timestamp(moment),
        .integer(call.standing.user), .timestamp(call.now))
      var work = change.work(
        .paid, to: invoice, noting: ["amount": .string(sum.description)],
        [change.update(invoice), payment])
      if invoice.state == .paid { work.furtherEvents.append(paid(invoice, work)) }
      return work
    })

  private static func paid(_ invoice: Invoice, _ work: Work) -> EventDraft {
    EventDraft(name: "invoice.paid", noun: "invoice", subject: invoice.id, sight: work.sight)
  }

  private static func requireOpen(_ invoice: Invoice) throws(RPCError) {
    guard invoice.state != .open else { return }
    throw .conflict("The invoice is \(invoice.state.rawValue): it can't be changed any more.")
  }
}
