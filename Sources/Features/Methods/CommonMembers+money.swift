internal import JSON
internal import JSONRPC
internal import SalesRules

/// An amount with the currency it was written in.
struct Money: Sendable, Hashable {
  let amount: MoneyAmount
  let currency: String

  /// The amount as a price or as what a card is worth: in the company's currency, and not below zero.
  func price(_ path: String, in company: Company) throws(RPCError) -> MoneyAmount {
    var checks = ValueChecks()
    if currency != company.currency {
      checks.note("\(path).currency", "has to be the company's, \(company.currency)")
    }
    checks.check("\(path).amount", amount.problemAsPrice)
    try checks.finish()
    return amount
  }
}

extension CommonMembers {
  /// Money: `{"amount": "1200.50", "currency": "RUB"}`.
  static func money(_ name: String, _ summary: String) -> Member<Money> {
    let currency = Member<String>.opaqueText("currency", length: 3...3, "The currency's code.")
    let amount = Member<String>.opaqueText(
      "amount", length: 1...20, "A decimal number as a string.")
    let object = Member<Arguments>.object(
      name, [.required(amount), .required(currency)], summary)
    return object.map { arguments in
      guard let value = MoneyAmount(arguments[amount]) else {
        return .failure(
          FieldProblems([
            FieldProblem(
              path: "amount",
              problem: "has to be a decimal number with at most two digits after the point")
          ]))
      }
      guard Currency(code: arguments[currency]) != nil else {
        return .failure(
          FieldProblems([
            FieldProblem(path: "currency", problem: "has to be a code of ISO 4217, such as RUB")
          ]))
      }
      return .success(Money(amount: value, currency: arguments[currency]))
    }.described(by: Shapes.moneyReference)
  }

  /// A moment.
  static func moment(_ name: String, _ summary: String) -> Member<Timestamp> {
    Member<WireTimestamp>.timestamp(name, summary).map { wire in
      guard let moment = Timestamp(microsecondsSince1970: wire.microsecondsSinceEpoch) else {
        return .failure(FieldProblems("has to lie within the years 1 to 9999"))
      }
      return .success(moment)
    }
  }
}
