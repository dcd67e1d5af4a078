/// How much of something is sold, exact to the thousandth: what PostgreSQL's `numeric(12,3)` holds.
public struct Quantity: Hashable, Sendable {
  /// It in thousandths.
  public let thousandths: Int64

  /// Reads a decimal number such as `3` or `2.5`: digits, at most nine before and three after the point.
  /// Nil for anything else, and for nothing at all.
  public init?(_ text: some StringProtocol) {
    guard let number = FixedPoint.read(text, whole: 9, fraction: 3), number > 0 else { return nil }
    thousandths = number
  }
}

extension Quantity: CustomStringConvertible {
  /// The number without needless digits: `2.5`.
  public var description: String { FixedPoint.text(thousandths, fraction: 3) }
}
