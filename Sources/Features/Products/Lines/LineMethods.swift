internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `deal.set_lines`: what is sold with a deal.
enum LineMethods {
  /// The most lines of one deal.
  private static let most = 200

  private static let product = Member<Int64>.identifier("product", "The product's id.")
  private static let quantity = decimal(
    "quantity", "How much of it, to the thousandth.",
    problem:
      "has to be a number above zero with at most nine digits before and three after the point"
  ) { Quantity($0) }
  private static let price = CommonMembers.money(
    "price", "The price of one; the product's own where it is absent.")
  private static let discount = decimal(
    "discount", "What is taken off the price, in percent (0).",
    problem: "has to be a percentage from 0 to 100 with at most two digits after the point"
  ) { Discount($0) }

  private static let lines = Member<[Arguments]>.array(
    "lines",
    of: .object(
      "line",
      [.required(product), .required(quantity), .optional(price), .optional(discount)], "A line."),
    count: 0...most, "All the deal's lines, in their order; none takes them away.")

  static let set = Method(
    "deal.set_lines", "Says what is sold with a deal: all its lines at once.",
    details:
      "Name and price are the product's as they are now, and stay when it changes. The deal's amount "
      + "becomes the lines' sum and can't be changed otherwise while there are lines; without them it "
      + "stays as it was last. Needs `edit` on the deal.",
    takes: [.required(CommonMembers.id), .required(lines)], gives: Shapes.cardReference,
    errors: [.notFound, .invalid], traits: .versioned,
    .write(.member) { call in
      let card = try await CardReading.find(
        call.arguments[CommonMembers.id], .deal, for: .edit, call
      ).card
      let present = try await lines(of: card.id, call)
      let wanted = try await read(call)
      guard wanted != present else {
        return .nothing(answer(card, present, call), card: card.id)
      }
      guard let sum = MoneyAmount.sum(wanted.map(\.amount)) else {
        throw RPCError.invalid([FieldProblem(path: "lines", problem: "come to too much")])
      }
      var change = CardChange(.updated, of: card, call)
      change.note(
        "lines",
        [
          "removed": .array(present.without(wanted).map(\.told)),
          "added": .array(wanted.without(present).map(\.told)),
        ])
      if !wanted.isEmpty { change.set { $0.amount = sum } }
      if change.after.amount != card.amount {
        change.note("amount", true)
        change.note("amount_before", card.amount.map { .string($0.description) } ?? .null)
        change.note("amount_after", change.after.amount.map { .string($0.description) } ?? .null)
      }
      return Work(
        change.statements + wanted.replacing(of: card.id, call),
        answer: answer(change.after, wanted, call), before: answer(card, present, call),
        card: card.id, action: .edit, written: [card.id]
      ).seen(by: .changed(change.after, from: card))
    })

  /// The lines that a deal has.
  static func lines(of deal: Int64, _ call: TenantCall) async throws -> [DealLine] {
    let rows = try await call.read(LineStatements.ofDeal(call.tenantParameter, .integer(deal)))
    return try rows[0].first.map { try [DealLine]($0, column: 0) } ?? []
  }

  /// The amount of a deal with lines is their sum and nothing else.
  static func requireNone(of card: Card, _ call: TenantCall) async throws {
    guard card.kind == .deal, try await !lines(of: card.id, call).isEmpty else { return }
    throw RPCError.invalid([
      FieldProblem(
        path: "amount",
        problem: "is the sum of the deal's lines; change them with deal.set_lines")
    ])
  }

  /// The lines that the request gives.
  private static func read(_ call: TenantCall) async throws -> [DealLine] {
    let given = call.arguments[lines]
    let rows = try await call.read(
      LineStatements.products(call.tenantParameter, .integers(Set(given.map { $0[product] }))))
    let products = Dictionary(
      try rows[0].map { try Product($0) }.map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
    var (checks, read) = (ValueChecks(), [DealLine]())
    for (index, line) in given.enumerated() {
      guard let product = products[line[product]] else { throw RPCError.notFound(what: "product") }
      let path = "lines[\(index)]"
      guard
        let price = try line[optional: price]?.price("\(path).price", in: call.company)
          ?? product.price
      else {
        checks.note("\(path).price", "is missing; the product has none of its own")
        continue
      }
      let (quantity, discount) = (line[quantity], line[optional: discount] ?? .none)
      guard let amount = price.of(quantity, less: discount) else {
        checks.note(path, "comes to too much")
        continue
      }
      read.append(
        DealLine(
          product: product.id, name: product.name, quantity: quantity, price: price,
          discount: discount, amount: amount))
    }
    try checks.finish()
    return read
  }

  private static func answer(_ card: Card, _ lines: [DealLine], _ call: TenantCall) -> RawJSON {
    RawJSON { card.write(to: &$0, in: call.company, lines: lines) }
  }

  /// A decimal number, exact.
  private static func decimal<Value>(
    _ name: String, _ summary: String, problem: String,
    _ read: @escaping @Sendable (String) -> Value?
  ) -> Member<Value> {
    Member<JSON>.any(name, summary).map { json in
      guard case .number(let number) = json, let value = read(number.text) else {
        return .failure(FieldProblems(problem))
      }
      return .success(value)
    }.described(by: .number)
  }
}
