public import JSON
public import SalesRules

/// Something that a generated company sells.
public struct CatalogueItem: Hashable, Sendable {
  /// What imports know it by.
  public let externalID: String
  /// Its name.
  public let name: String
  /// The list price.
  public let price: MoneyAmount
  /// The code of the direction that sells it.
  public let direction: String
  /// How many of its direction's orders are for it.
  let share: Double

  /// The row of an import.
  public var row: JSONObject {
    [
      "external_id": .string(externalID), "name": .string(name),
      "price": .string(price.description),
    ]
  }
}
