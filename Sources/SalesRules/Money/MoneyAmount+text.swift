extension MoneyAmount: CustomStringConvertible {
  /// Reads a decimal string such as `1200`, `1200.5` or `-0.50`: an optional minus, digits without
  /// needless zeros in front, at most two digits after the point. Nothing else is taken: no plus, no
  /// spaces, no separators, no exponent. Nil for what breaks that or leaves the range.
  public init?(_ text: some StringProtocol) {
    var reader = DigitReader(text)
    let isNegative = reader.take("-")
    let hasLeadingZero = reader.next == UInt8(ascii: "0")
    guard let (whole, count) = reader.run(limit: 16), count == 1 || !hasLeadingZero else {
      return nil
    }
    var fraction = 0
    if reader.take(".") {
      guard let (value, digits) = reader.run(limit: 2) else { return nil }
      fraction = digits == 1 ? value * 10 : value
    }
    guard reader.isAtEnd else { return nil }
    let magnitude = Int64(whole) * 100 + Int64(fraction)
    self.init(hundredths: isNegative ? -magnitude : magnitude)
  }

  /// The amount with exactly two digits after the point, as PostgreSQL prints `numeric(18,2)`.
  public var description: String {
    text(fractionDigits: 2)
  }

  /// The amount with as many digits after the point as the currency has, two at most; digits that are
  /// not zero are never dropped.
  public func text(in currency: Currency) -> String {
    fits(currency) ? text(fractionDigits: min(currency.minorDigits, 2)) : description
  }

  /// Whether the currency has coins this small: 12.50 does not fit a currency without a minor unit.
  public func fits(_ currency: Currency) -> Bool {
    currency.minorDigits > 0 || hundredths % 100 == 0
  }

  private func text(fractionDigits: Int) -> String {
    let (whole, fraction) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    let sign = isNegative ? "-" : ""
    guard fractionDigits > 0 else { return "\(sign)\(whole)" }
    return "\(sign)\(whole).\(padded(Int(fraction), 2))"
  }
}
