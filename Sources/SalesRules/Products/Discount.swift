/// A part of a price that is not asked for, in percent, exact to the hundredth: from 0 to 100.
public struct Discount: Hashable, Sendable {
  /// It in hundredths of a percent.
  public let hundredths: Int64

  /// The whole price is asked for.
  public static let none = Discount(unchecked: 0)

  /// Reads a decimal number such as `10` or `7.5` with at most two digits after the point; nil for anything
  /// else and beyond 100.
  public init?(_ text: some StringProtocol) {
    guard let number = FixedPoint.read(text, whole: 3, fraction: 2), number <= 10_000 else {
      return nil
    }
    hundredths = number
  }

  private init(unchecked hundredths: Int64) {
    self.hundredths = hundredths
  }
}

extension Discount: CustomStringConvertible {
  /// The percentage without needless digits: `7.5`.
  public var description: String { FixedPoint.text(hundredths, fraction: 2) }
}
