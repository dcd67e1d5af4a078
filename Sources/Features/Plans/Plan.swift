internal import SalesRules

/// A tariff of the operator's catalogue.
struct Plan: Sendable, Equatable {
  var code: String
  var name: String
  var price: MoneyAmount?
  var currency: String?
  var limits: PlanLimits
  var features: [String]
  var isActive: Bool
  var version: Int64

  /// As the search for a sufficient plan sees it.
  var offer: PlanOffer {
    PlanOffer(code: code, price: price, isActive: isActive, limits: limits)
  }
}
