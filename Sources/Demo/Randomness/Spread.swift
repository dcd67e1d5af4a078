/// How far values lie about their median: ten equal parts, by the factors at their borders.
///
/// A table instead of logarithms: the mathematics library may round differently elsewhere.
struct Spread: Sendable {
  private let factors: [Double]

  /// How long people let things lie: half of the time near the median or below it, now and then very long.
  static let time = Spread([0.08, 0.3, 0.46, 0.62, 0.8, 1, 1.27, 1.6, 2.15, 3.2, 7])
  /// What an order costs against the list price.
  static let price = Spread([0.45, 0.6, 0.7, 0.8, 0.9, 1, 1.12, 1.28, 1.5, 1.95, 3])

  private init(_ factors: [Double]) {
    self.factors = factors
  }

  /// A factor to the median.
  func factor(_ random: inout RandomSource) -> Double {
    let place = random.unit() * Double(factors.count - 1)
    let part = Int(place)
    return factors[part] + (factors[part + 1] - factors[part]) * (place - Double(part))
  }
}
