extension MoneyAmount {
  /// What so much costs at this price, less the discount: rounded to the hundredth once, halves away from
  /// zero as PostgreSQL's `round` does. Nil where it leaves the range.
  public func of(_ quantity: Quantity, less discount: Discount) -> MoneyAmount? {
    // At most 10^18 times 10^12 times 10^4: well within 128 bits.
    let exact =
      Int128(hundredths) * Int128(quantity.thousandths) * Int128(10_000 - discount.hundredths)
    let (quotient, remainder) = exact.quotientAndRemainder(dividingBy: 10_000_000)
    let rounded = remainder.magnitude >= 5_000_000 ? quotient + remainder.signum() : quotient
    return Int64(exactly: rounded).flatMap { MoneyAmount(hundredths: $0) }
  }

  /// The difference, nil where it leaves the range.
  public func subtracting(_ other: MoneyAmount) -> MoneyAmount? {
    MoneyAmount(hundredths: hundredths - other.hundredths)
  }

  /// The sum of amounts, nil where it leaves the range.
  public static func sum(_ amounts: some Sequence<MoneyAmount>) -> MoneyAmount? {
    var sum = MoneyAmount.zero
    for amount in amounts {
      guard let more = sum.adding(amount) else { return nil }
      sum = more
    }
    return sum
  }
}
