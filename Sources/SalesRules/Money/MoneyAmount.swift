/// An amount of money, exact to the hundredth: what PostgreSQL's `numeric(18,2)` holds.
///
/// It is counted in hundredths as an integer; no floating point number is anywhere near it. The
/// currency stands beside it, as it is the company's and not the amount's.
public struct MoneyAmount: Hashable, Comparable, Sendable {
  /// The amount in hundredths of the currency's unit.
  public let hundredths: Int64

  /// The largest amount: 9999999999999999.99.
  public static let largest = MoneyAmount(unchecked: 999_999_999_999_999_999)
  /// Nothing.
  public static let zero = MoneyAmount(unchecked: 0)

  /// Takes an amount in hundredths; nil beyond the range of `numeric(18,2)`.
  public init?(hundredths: Int64) {
    guard hundredths.magnitude <= Self.largest.hundredths.magnitude else { return nil }
    self.hundredths = hundredths
  }

  private init(unchecked hundredths: Int64) {
    self.hundredths = hundredths
  }

  /// Whether it is less than nothing.
  public var isNegative: Bool { hundredths < 0 }

  /// The smaller amount comes first.
  public static func < (left: MoneyAmount, right: MoneyAmount) -> Bool {
    left.hundredths < right.hundredths
  }

  /// The sum, nil where it leaves the range.
  public func adding(_ other: MoneyAmount) -> MoneyAmount? {
    // Two amounts within the range never overflow 64 bits together.
    MoneyAmount(hundredths: hundredths + other.hundredths)
  }

  /// The amount so many times, nil where it leaves the range.
  public func multiplied(by count: Int64) -> MoneyAmount? {
    let (product, overflow) = hundredths.multipliedReportingOverflow(by: count)
    return overflow ? nil : MoneyAmount(hundredths: product)
  }

  /// The amount shared among so many, rounded to the hundredth, halves away from zero as PostgreSQL's
  /// `round` does; nil for a count that is not positive.
  public func divided(by count: Int64) -> MoneyAmount? {
    guard count > 0 else { return nil }
    let (quotient, remainder) = hundredths.quotientAndRemainder(dividingBy: count)
    let isHalfOrMore = remainder.magnitude >= count.magnitude - remainder.magnitude
    return MoneyAmount(unchecked: isHalfOrMore ? quotient + remainder.signum() : quotient)
  }
}
