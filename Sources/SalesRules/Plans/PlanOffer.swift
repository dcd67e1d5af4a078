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
  /// What it switches on; nil is everything.
  public var features: Set<PlanFeature>?

  /// Makes an offer from its parts.
  public init(
    code: String, price: MoneyAmount? = nil, isActive: Bool = true, limits: PlanLimits,
    features: Set<PlanFeature>? = nil
  ) {
    self.code = code
    self.price = price
    self.isActive = isActive
    self.limits = limits
    self.features = features
  }

  /// Whether the plan has the feature.
  public func includes(_ feature: PlanFeature) -> Bool {
    features?.contains(feature) ?? true
  }
}

extension Sequence<PlanOffer> {
  /// The cheapest plan that is sold and holds this use.
  ///
  /// Plans with a price come before plans without one, the cheaper first; of equally priced plans the
  /// one that `room` says gives least.
  public func cheapest(
    holding usage: [PlanLimit: Int], room: (PlanOffer) -> Int = { _ in 0 }
  ) -> PlanOffer? {
    filter { $0.isActive && $0.limits.violations(by: usage).isEmpty }
      .min { left, right in
        guard left.price == right.price else { return left.isCheaper(than: right) }
        return (room(left), left.code) < (room(right), right.code)
      }
  }

  /// The cheapest plan that is sold, has the feature, and holds this use.
  public func cheapest(with feature: PlanFeature, holding usage: [PlanLimit: Int]) -> PlanOffer? {
    filter { $0.includes(feature) }.cheapest(holding: usage)
  }
}

extension PlanOffer {
  fileprivate func isCheaper(than other: PlanOffer) -> Bool {
    guard let price else { return false }
    return other.price.map { price < $0 } ?? true
  }
}
