/// Sums in cells, brought to the wire's decimal strings.
enum SumText {
  /// Takes `1054`, `1 054.50`, `1,054.50` and `1054,50`; a comma before exactly three last
  /// digits with no point anywhere separates thousands (`1,054`).
  static func wire(_ text: String) throws(RowProblem) -> String {
    var digits = text.filter { !$0.isWhitespace && $0 != "'" }
    let isNegative = digits.hasPrefix("-")
    if isNegative { digits.removeFirst() }
    let problem = RowProblem("\"\(text)\" is no sum of money")
    guard digits.allSatisfy({ $0.isASCIIDigit || $0 == "." || $0 == "," }),
      digits.first?.isASCIIDigit == true, digits.last?.isASCIIDigit == true
    else { throw problem }
    let decimal = decimalSign(in: digits)
    let parts =
      decimal.map { digits.split(separator: $0, omittingEmptySubsequences: false) } ?? [digits[...]]
    guard parts.count <= 2 else { throw problem }
    let groups = parts[0].split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
    guard groups.count == 1 || groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
      throw problem
    }
    let fraction = parts.count == 2 ? "." + parts[1] : ""
    guard fraction.dropFirst().allSatisfy(\.isASCIIDigit) else { throw problem }
    return (isNegative ? "-" : "") + groups.joined() + fraction
  }

  private static func decimalSign(in digits: String) -> Character? {
    guard let last = digits.last(where: { !$0.isASCIIDigit }) else { return nil }
    let other: Character = last == "," ? "." : ","
    if digits.contains(other) { return last }
    let isRepeated = digits.count(where: { $0 == last }) > 1
    let tail = digits.reversed().prefix { $0 != last }.count
    // A point is nearly always a decimal sign, a comma before three digits nearly never.
    return isRepeated || (last == "," && tail == 3) ? nil : last
  }
}
