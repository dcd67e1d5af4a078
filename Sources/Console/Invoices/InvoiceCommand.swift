internal import JSON

/// `voronka invoice …`: what clients are asked to pay, and what they paid.
public struct InvoiceCommand: ConsoleCommand {
  /// What to do.
  public enum Action: Sendable {
    /// Those that fit.
    case list(InvoiceFilter)
    /// One by id, with its payments.
    case show(Int64)
    /// A new one of a deal; without an amount, of what is not invoiced yet.
    case create(deal: Int64, due: String, amount: String?, number: String?)
    /// Money came in: all of the rest, or a part, now or at a moment.
    case pay(Int64, amount: String?, at: String?)
    /// One is withdrawn.
    case cancel(Int64)
  }

  let action: Action

  /// A command on invoices.
  public init(_ action: Action) {
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      switch action {
      case .list(let filter): return try await Self.list(filter, session)
      case .show(let id): return try await Self.one("invoice.get", ["id": .integer(id)], session)
      case .create(let deal, let due, let amount, let number):
        var params: JSONObject = ["deal": .integer(deal), "due_at": .string(due)]
        if let amount { params["amount"] = try await MoneyArgument.parse(amount, session: session) }
        params["number"] = number.map { .string($0) }
        return try await Self.one("invoice.create", params, session)
      case .pay(let id, let amount, let moment):
        var params: JSONObject = ["id": .integer(id)]
        if let amount { params["amount"] = try await MoneyArgument.parse(amount, session: session) }
        if let moment {
          params["paid_at"] = .string(try await CompanyMoments.load(session).wire(moment))
        }
        return try await Self.one("invoice.pay", params, session)
      case .cancel(let id):
        let invoice = try await session.call("invoice.get", ["id": .integer(id)])
        try context.confirm("Cancel invoice \(CellText.exact(invoice["number"]))?")
        return try await Self.one("invoice.cancel", ["id": .integer(id)], session)
      }
    }
    context.present(answer)
    if case .list = action, let next = answer.json["next"]?.string, context.options.output != .json
    {
      context.say("There is more: --after \(next)")
    }
  }

  private static func one(
    _ method: String, _ params: JSONObject, _ session: Session
  ) async throws -> Answer {
    GenericAnswer.make(try await session.call(method, .object(params)), of: method)
  }

  private static func list(_ filter: InvoiceFilter, _ session: Session) async throws -> Answer {
    let result = try await session.call("invoice.list", .object(filter.params))
    return Listing.answer(
      json: result, items: result["items"]?.array ?? [],
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) }, .member("number"),
        Listing.Column("DEAL", .right) { CellText.exact($0["deal"]) },
        .member("amount", nil, .right), .member("paid", nil, .right),
        Listing.Column("STATE") { $0["overdue"] == true ? "overdue" : CellText.plain($0["state"]) },
        .member("due_at", "DUE"),
      ], ifEmpty: "No invoices.", origin: Origin("invoice.list", "items"))
  }
}
