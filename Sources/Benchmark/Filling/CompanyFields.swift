internal import JSON

/// The fields of the company's own that cards have in the section `fields`.
enum CompanyFields {
  /// How many there are, of leads and of deals each.
  static let count = 20
  /// How many of them every open stage demands.
  static let requiredCount = 5
  private static let types = ["text", "number", "date", "boolean"]

  /// The keys in their order.
  static let keys = (1...count).map { "own_\($0)" }

  /// The types in the order of the keys.
  static let keyTypes = (0..<count).map { types[$0 % types.count] }

  /// What each card holds in them.
  static let values = RawJSON(
    .object(
      JSONObject(
        zip(keys, keyTypes).map { key, type in
          switch type {
          case "number": (key, 12.5)
          case "date": (key, "2026-01-05")
          case "boolean": (key, true)
          default: (key, "As the client said it on the phone")
          }
        })))
}
