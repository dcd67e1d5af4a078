public import JSON

/// A company that buys.
public struct ClientCompany: Hashable, Sendable {
  /// What imports know it by.
  public let externalID: String
  /// Its name.
  public let name: String

  /// The row of an import.
  public var row: JSONObject {
    ["external_id": .string(externalID), "name": .string(name)]
  }
}
