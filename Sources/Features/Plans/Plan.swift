internal import SalesRules

/// A tariff of the operator's catalogue.
struct Plan: Sendable, Equatable {
  var code: String
  var name: String
  var price: MoneyAmount?
  var currency: String?
  var limits: PlanLimits
  /// What it switches on; nil is everything.
  var features: Set<PlanFeature>?
  var isActive: Bool
  var version: Int64
  /// How long what is written along the way is kept.
  var retention = PlanRetention()

  /// As the search for a sufficient plan sees it.
  var offer: PlanOffer {
    PlanOffer(code: code, price: price, isActive: isActive, limits: limits, features: features)
  }
}
