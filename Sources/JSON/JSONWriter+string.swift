extension JSONWriter {
  /// A text given as its bytes, which have to be UTF-8; escapes are set, no `String` is built.
  public mutating func string(bytes text: UnsafeRawBufferPointer) {
    guard text.contains(where: Self.needsEscape) else {
      return string(atMost: text.count) { place in
        UnsafeMutableRawBufferPointer(start: place, count: text.count).copyMemory(from: text)
        return text.count
      }
    }
    string(atMost: 6 * text.count) { place in
      var next = place
      for byte in text { next += Self.writeEscaped(byte, to: next) }
      return next - place
    }
  }

  /// A text that the closure writes, at most so many bytes of UTF-8 in which nothing needs an escape; it
  /// answers how many it has written.
  @inline(__always)
  public mutating func string(
    atMost count: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int
  ) {
    let isFollowing = needsComma
    write(atMost: count + 3) { place in
      place[0] = UInt8(ascii: ",")
      let start = place + (isFollowing ? 1 : 0)
      start[0] = UInt8(ascii: "\"")
      let end = start + 1 + body(start + 1)
      end[0] = UInt8(ascii: "\"")
      return end + 1 - place
    }
    needsComma = true
  }

  @inline(__always)
  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
  }

  /// Writes the byte as it stands in a string, in at most six; answers in how many.
  private static func writeEscaped(_ byte: UInt8, to place: UnsafeMutablePointer<UInt8>) -> Int {
    guard needsEscape(byte) else {
      place[0] = byte
      return 1
    }
    place[0] = UInt8(ascii: "\\")
    if let letter = letter(of: byte) {
      place[1] = letter
      return 2
    }
    place[1] = UInt8(ascii: "u")
    place[2] = UInt8(ascii: "0")
    place[3] = UInt8(ascii: "0")
    place[4] = hexDigit(byte >> 4)
    place[5] = hexDigit(byte & 0x0F)
    return 6
  }

  /// Which letter stands for the byte behind a backslash, where one does.
  private static func letter(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
    case 0x08: UInt8(ascii: "b")
    case 0x09: UInt8(ascii: "t")
    case 0x0A: UInt8(ascii: "n")
    case 0x0C: UInt8(ascii: "f")
    case 0x0D: UInt8(ascii: "r")
    default: nil
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
