public import SalesRules

/// A card's coming into a stage.
public struct CardEvent: Hashable, Sendable {
  /// The stage's name.
  public let stage: String
  /// When.
  public let at: Timestamp
  /// Who moved it, by e-mail; nil where nobody did, as with a request from the site.
  public let by: String?
}
