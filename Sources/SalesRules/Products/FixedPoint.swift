/// Decimal numbers with a fixed number of digits after the point, as whole numbers of the last one.
enum FixedPoint {
  /// Reads digits, and after a point at most so many more; nil for anything else.
  static func read(_ text: some StringProtocol, whole: Int, fraction: Int) -> Int64? {
    var reader = DigitReader(text)
    guard let (value, _) = reader.run(limit: whole) else { return nil }
    var parts = Int64(value)
    var left = fraction
    if reader.take(".") {
      guard let (more, digits) = reader.run(limit: fraction) else { return nil }
      for _ in 0..<digits { parts *= 10 }
      parts += Int64(more)
      left -= digits
    }
    for _ in 0..<left { parts *= 10 }
    return reader.isAtEnd ? parts : nil
  }

  /// The number without zeros at its end.
  static func text(_ number: Int64, fraction: Int) -> String {
    var (rest, digits) = (number, fraction)
    while digits > 0, rest % 10 == 0 {
      rest /= 10
      digits -= 1
    }
    var unit: Int64 = 1
    for _ in 0..<digits { unit *= 10 }
    let behind = digits == 0 ? "" : ".\(padded(Int(rest % unit), digits))"
    return "\(rest / unit)\(behind)"
  }
}
