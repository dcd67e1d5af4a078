internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// So much of a product, sold with a deal: name and price as they were when it was written down.
struct DealLine: Sendable, Hashable {
  let product: Int64
  let name: String
  let quantity: Quantity
  let price: MoneyAmount
  let discount: Discount
  /// What it comes to.
  let amount: MoneyAmount

  static let schema = Schema.object(
    [
      "product": .identifier, "name": .string, "quantity": .number,
      "price": Shapes.moneyReference, "discount": .number, "amount": Shapes.moneyReference,
    ], required: ["product", "name", "quantity", "price", "discount", "amount"])

  func write(to writer: inout JSONWriter, currency: String) {
    writer.object {
      $0.member("product", product)
      $0.member("name", name)
      $0.name("quantity")
      $0.value(JSON(decimal: quantity.description))
      $0.money("price", price, currency)
      $0.name("discount")
      $0.value(JSON(decimal: discount.description))
      $0.money("amount", amount, currency)
    }
  }

  /// As history tells of it.
  var told: JSON {
    [
      "product": .integer(product), "name": .string(name),
      "quantity": .string(quantity.description), "price": .string(price.description),
      "discount": .string(discount.description), "amount": .string(amount.description),
    ]
  }
}

extension [DealLine] {
  /// From the column in which `LineStatements` gather a deal's lines.
  init(_ row: Row, column: Int) throws {
    guard !row.isNull(column) else {
      self = []
      return
    }
    let lines = try row.withBytes(column) { try JSONReader().read($0) }.array ?? []
    self = try lines.map { line in
      guard let product = line[0]?.int64, let name = line[1]?.string,
        let quantity = line[2]?.string.flatMap({ Quantity($0) }),
        let price = line[3]?.string.flatMap({ MoneyAmount($0) }),
        let discount = line[4]?.string.flatMap({ Discount($0) }),
        let amount = line[5]?.string.flatMap({ MoneyAmount($0) })
      else { throw PostgresError(.decoding, message: "a deal's line is none") }
      return DealLine(
        product: product, name: name, quantity: quantity, price: price, discount: discount,
        amount: amount)
    }
  }

  /// The member `lines`.
  func write(to writer: inout JSONWriter, currency: String) {
    writer.name("lines")
    writer.array { for line in self { line.write(to: &$0, currency: currency) } }
  }

  /// What writes them as the lines of a deal, instead of those there are.
  func replacing(of deal: Int64, _ call: TenantCall, isNew: Bool = false) -> [BoundStatement] {
    let key: [Parameter] = [call.tenantParameter, .integer(deal)]
    let changed =
      isNew
      ? [] : [LineStatements.clear.bind(key), LineStatements.mark.bind(key + [.bool(!isEmpty)])]
    guard !isEmpty else { return changed }
    return changed + [
      LineStatements.insert.bind(
        key + [
          .integers(map(\.product)), .strings(map(\.name)),
          .strings(map(\.quantity.description)), .strings(map(\.price.description)),
          .strings(map(\.discount.description)), .strings(map(\.amount.description)),
        ])
    ]
  }

  /// What of them is not among the others; the same line twice counts twice.
  func without(_ others: [DealLine]) -> [DealLine] {
    var left: [DealLine: Int] = [:]
    for line in others { left[line, default: 0] += 1 }
    return filter { line in
      guard let count = left[line], count > 0 else { return true }
      left[line] = count - 1
      return false
    }
  }
}

extension JSON {
  /// A number of these digits.
  fileprivate init(decimal digits: String) {
    self = JSONNumber(text: digits).map { .number($0) } ?? .null
  }
}
