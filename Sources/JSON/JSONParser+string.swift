extension JSONParser {
  /// Reads a string; the next byte is its opening quote.
  mutating func parseString() throws(JSONError) -> String {
    offset += 1
    let start = offset
    while true {
      switch try peek() {
      case UInt8(ascii: "\""):
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        offset += 1
        return text
      case UInt8(ascii: "\\"):
        return try parseEscapedString(from: start)
      case 0..<0x20:
        throw error(.controlCharacter)
      case 0x20..<0x80:
        offset += 1
      default:
        try stepOverMultibyteCharacter()
      }
    }
  }

  /// Goes on with a string that has at least one escape; decodes into bytes of its own.
  private mutating func parseEscapedString(from start: Int) throws(JSONError) -> String {
    var decoded: [UInt8] = []
    var runStart = start
    while true {
      switch try peek() {
      case UInt8(ascii: "\""):
        decoded.append(contentsOf: bytes[runStart..<offset])
        offset += 1
        return String(decoding: decoded, as: UTF8.self)
      case UInt8(ascii: "\\"):
        decoded.append(contentsOf: bytes[runStart..<offset])
        try parseEscape(into: &decoded)
        runStart = offset
      case 0..<0x20:
        throw error(.controlCharacter)
      case 0x20..<0x80:
        offset += 1
      default:
        try stepOverMultibyteCharacter()
      }
    }
  }

  private mutating func parseEscape(into decoded: inout [UInt8]) throws(JSONError) {
    let start = offset
    offset += 1
    let letter = try peek()
    offset += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(letter)
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"): decoded.append(contentsOf: try parseUnicodeEscape(from: start).utf8)
    default: throw JSONError(problem: .invalidEscape, offset: start)
    }
  }

  /// Reads what follows `\u`: four digits, or a pair of surrogates with the second escape whole.
  private mutating func parseUnicodeEscape(
    from start: Int
  ) throws(JSONError) -> Character {
    let first = try parseFourHexDigits()
    guard first != 0 else { throw JSONError(problem: .nullCharacter, offset: start) }
    if let scalar = Unicode.Scalar(first) { return Character(scalar) }
    guard
      first < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
      bytes[offset + 1] == UInt8(ascii: "u")
    else { throw JSONError(problem: .loneSurrogate, offset: start) }
    offset += 2
    let second = try parseFourHexDigits()
    guard
      (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw JSONError(problem: .loneSurrogate, offset: start) }
    return Character(scalar)
  }

  private mutating func parseFourHexDigits() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try peek()
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw error(.invalidEscape)
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }

  /// Steps over one character of two to four bytes, by the table of well-formed sequences (Unicode
  /// 3.9, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
  private mutating func stepOverMultibyteCharacter() throws(JSONError) {
    let length: Int
    let second: ClosedRange<UInt8>
    switch bytes[offset] {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: throw error(.invalidUTF8)
    }
    guard
      offset + length <= bytes.count, second.contains(bytes[offset + 1]),
      bytes[(offset + 2)..<(offset + max(length, 2))].allSatisfy({ $0 & 0xC0 == 0x80 })
    else { throw error(.invalidUTF8) }
    offset += length
  }
}
