/// Decimal strings as people read them.
enum Amount {
  /// `10005534.00` as `10 005 534`, with cents only where there are some; the gaps do not break.
  static func grouped(_ decimal: String) -> String {
    let isNegative = decimal.hasPrefix("-")
    let parts = decimal.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, !whole.isEmpty, whole.allSatisfy(\.isASCIIDigit) else {
      return decimal
    }
    var result = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: 3) { result.append("\u{00A0}") }
      result.append(digit)
    }
    if parts.count == 2, parts[1].contains(where: { $0 != "0" }) { result += "." + parts[1] }
    return (isNegative ? "-" : "") + result
  }

  /// A count with the same grouping.
  static func grouped(_ count: Int64) -> String {
    grouped(String(count))
  }
}

extension Character {
  /// Whether it is one of 0 to 9.
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
