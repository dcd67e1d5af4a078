/// A plan of the operator's catalogue as the search for a sufficient one sees it.
public struct PlanOffer: Hashable, Sendable {
  /// The plan's code.
  public var code: String
  /// Its price, nil where the operator keeps none. Prices are compared as numbers: a catalogue is kept
  /// in one currency.
  public var price: MoneyAmount?
  /// Whether it is still sold.
  public var isActive: Bool
  /// What it allows.
  public var limits: PlanLimits

  /// Makes an offer from its parts.
  public init(code: String, price: MoneyAmount? = nil, isActive: Bool = true, limits: PlanLimits) {
    self.code = code
    self.price = price
    self.isActive = isActive
    self.limits = limits
  }
}
