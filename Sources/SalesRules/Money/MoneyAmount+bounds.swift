extension MoneyAmount {
  /// What is wrong with it as a price, or as what a card is worth; nil if nothing is. Neither is ever below
  /// zero: money that goes back to a client is no sale.
  public var problemAsPrice: ValueProblem? {
    isNegative ? ValueProblem("negative", "must not be less than zero") : nil
  }
}
