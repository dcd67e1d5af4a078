/// Reads fixed-form texts of digits and signs, byte by byte.
struct DigitReader {
  private var bytes: ArraySlice<UInt8>

  init(_ text: some StringProtocol) {
    bytes = Array(text.utf8)[...]
  }

  var isAtEnd: Bool { bytes.isEmpty }

  /// The next byte, left in place.
  var next: UInt8? { bytes.first }

  /// Takes exactly so many digits, at most 18.
  mutating func digits(_ count: Int) -> Int? {
    guard bytes.count >= count else { return nil }
    let taken = bytes.prefix(count)
    guard taken.allSatisfy(isDigit) else { return nil }
    bytes.removeFirst(count)
    return taken.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  /// Takes all digits that follow, if there is at least one and not more than `limit`.
  mutating func run(limit: Int) -> (value: Int, count: Int)? {
    let count = bytes.prefix(while: isDigit).count
    guard (1...limit).contains(count), let value = digits(count) else { return nil }
    return (value, count)
  }

  /// Takes this one sign if it is next.
  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard bytes.first == UInt8(ascii: sign) else { return false }
    bytes.removeFirst()
    return true
  }
}

/// Whether the byte is one of the ten ASCII digits.
func isDigit(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

/// The number with zeros in front up to this width.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
