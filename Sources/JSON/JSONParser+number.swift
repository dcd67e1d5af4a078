extension JSONParser {
  /// The longest number taken, in bytes: more digits than any double or sensible decimal has.
  private static let longestNumber = 1024
  /// The largest power of ten taken, either way; a double ends before it.
  private static let largestExponent = 400

  /// Reads a number; the next byte is a digit or a minus.
  mutating func parseNumber() throws(JSONError) -> JSONNumber {
    let start = offset
    if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    try parseIntegerPart()
    let integerEnd = offset
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      offset += 1
      try parseDigits()
    }
    let exponent = try parseExponent()
    // What follows a number must end it: 01, 1.2.3 and 1x are refused here with their own reason.
    if offset < bytes.count, isWordByte(bytes[offset]) { throw error(.invalidNumber) }
    let length = offset - start
    let outOfRange = JSONError(problem: .numberOutOfRange, offset: start)
    guard length <= Self.longestNumber, exponent <= Self.largestExponent else { throw outOfRange }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    // Only an exponent or very many digits can leave the range of a double.
    guard exponent > 0 || integerEnd - start > 300 || length > 300 else {
      return JSONNumber(checked: text)
    }
    guard let double = Double(text), double.isFinite, double != 0 || isZero(text) else {
      throw outOfRange
    }
    return JSONNumber(checked: text)
  }

  private mutating func parseIntegerPart() throws(JSONError) {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "0") else {
      return try parseDigits()
    }
    offset += 1
  }

  private mutating func parseDigits() throws(JSONError) {
    let start = offset
    while offset < bytes.count, isDigit(bytes[offset]) { offset += 1 }
    guard offset > start else { throw error(.invalidNumber) }
  }

  /// Reads the exponent, if there is one, and gives its size without its sign.
  private mutating func parseExponent() throws(JSONError) -> Int {
    guard offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") else { return 0 }
    offset += 1
    if offset < bytes.count,
      bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-")
    {
      offset += 1
    }
    let start = offset
    try parseDigits()
    var size = 0
    for digit in bytes[start..<offset] {
      size = min(size * 10 + Int(digit - UInt8(ascii: "0")), Self.largestExponent + 1)
    }
    return size
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private func isZero(_ text: String) -> Bool {
    text.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }
      .allSatisfy { !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
  }
}
