internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Something the company sells.
struct Product: Sendable, Equatable {
  let id: Int64
  var name: String
  var price: MoneyAmount?
  var version: Int64

  static let schema = Schema.object(
    [
      "id": .identifier, "name": .string, "price": Shapes.moneyReference.nullable,
      "version": .integer,
    ], required: ["id", "name", "price", "version"])

  func write(to writer: inout JSONWriter, currency: String) {
    writer.object {
      $0.member("id", id)
      $0.member("name", name)
      $0.money("price", price, currency)
      $0.member("version", version)
    }
  }
}

extension Product {
  /// From the columns that `ProductStatements` selects.
  init(_ row: Row) throws {
    self.init(
      id: try row.integer(0), name: try row.string(1),
      price: try row.stringIfPresent(2).flatMap { MoneyAmount($0) }, version: try row.integer(3))
  }
}
