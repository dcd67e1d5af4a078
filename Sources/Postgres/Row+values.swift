extension Row {
  /// The value as text.
  public func string(_ column: Int) throws(PostgresError) -> String {
    try decoded(column, as: "text") { String(decoding: $0, as: UTF8.self) }
  }

  /// The value as text, `nil` for NULL.
  public func stringIfPresent(_ column: Int) throws(PostgresError) -> String? {
    try hasValue(column) ? string(column) : nil
  }

  /// A whole number.
  public func integer(_ column: Int) throws(PostgresError) -> Int64 {
    try decoded(column, as: "an integer") { parseInteger($0) }
  }

  /// A whole number, `nil` for NULL.
  public func integerIfPresent(_ column: Int) throws(PostgresError) -> Int64? {
    try hasValue(column) ? integer(column) : nil
  }

  /// A truth value.
  public func bool(_ column: Int) throws(PostgresError) -> Bool {
    try decoded(column, as: "a boolean") { bytes in
      guard bytes.count == 1 else { return nil }
      switch bytes[0] {
      case UInt8(ascii: "t"): return true
      case UInt8(ascii: "f"): return false
      default: return nil
      }
    }
  }

  /// A truth value, `nil` for NULL.
  public func boolIfPresent(_ column: Int) throws(PostgresError) -> Bool? {
    try hasValue(column) ? bool(column) : nil
  }

  /// A double; PostgreSQL's `NaN` and `Infinity` are read too.
  public func double(_ column: Int) throws(PostgresError) -> Double {
    try decoded(column, as: "a number") { Double(String(decoding: $0, as: UTF8.self)) }
  }

  /// A double, `nil` for NULL.
  public func doubleIfPresent(_ column: Int) throws(PostgresError) -> Double? {
    try hasValue(column) ? double(column) : nil
  }

  /// An array of whole numbers, one dimension, without NULLs.
  public func integers(_ column: Int) throws(PostgresError) -> [Int64] {
    try decoded(column, as: "an array of integers") { bytes in
      guard bytes.count >= 2, bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}")
      else { return nil }
      if bytes.count == 2 { return [] }
      var values: [Int64] = []
      let elements = UnsafeRawBufferPointer(rebasing: bytes[1..<(bytes.count - 1)])
      var start = 0
      for end in 0...elements.count
      where end == elements.count || elements[end] == UInt8(ascii: ",") {
        let element = UnsafeRawBufferPointer(rebasing: elements[start..<end])
        guard let value = parseInteger(element) else { return nil }
        values.append(value)
        start = end + 1
      }
      return values
    }
  }

  /// An array of texts, one dimension, NULLs among them as `nil`.
  public func strings(_ column: Int) throws(PostgresError) -> [String?] {
    try decoded(column, as: "an array") { bytes in
      var parser = ArrayLiteralParser(bytes)
      return parser.parse()
    }
  }
}

/// Decimal digits with an optional minus; no allocation, no leniency.
func parseInteger(_ bytes: UnsafeRawBufferPointer) -> Int64? {
  let isNegative = bytes.first == UInt8(ascii: "-")
  let digits = isNegative ? bytes.dropFirst() : bytes[...]
  guard !digits.isEmpty else { return nil }
  // Built up negatively, because the least integer has no positive counterpart.
  var value: Int64 = 0
  for byte in digits {
    guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
    let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
    let (next, nextOverflow) = shifted.subtractingReportingOverflow(
      Int64(byte - UInt8(ascii: "0")))
    guard !overflow, !nextOverflow else { return nil }
    value = next
  }
  if isNegative { return value }
  return value == .min ? nil : -value
}
