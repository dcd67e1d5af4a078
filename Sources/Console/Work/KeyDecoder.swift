/// Turns the bytes of a terminal into keys.
///
/// Sequences as VT100 and its heirs send them (`ESC [ A`, `ESC O A`, `ESC [ 5 ~`). An escape that nothing
/// follows in the same piece is the key itself.
struct KeyDecoder {
  private var rest: [UInt8] = []

  /// The keys of the next piece of input.
  mutating func keys(in bytes: some Sequence<UInt8>) -> [Key] {
    rest += bytes
    var keys: [Key] = []
    while let (key, length) = next() {
      rest.removeFirst(length)
      if let key { keys.append(key) }
    }
    return keys
  }

  /// The first key and how many bytes it takes; nil where more bytes have to come.
  private func next() -> (Key?, Int)? {
    guard let first = rest.first else { return nil }
    switch first {
    case 0x1B: return sequence()
    case 0x0D, 0x0A: return (.enter, 1)
    case 0x7F, 0x08: return (.backspace, 1)
    case 0x03: return (.interrupt, 1)
    case 0x04: return (.endOfInput, 1)
    case 0x09: return (.tab, 1)
    case 0x1A: return (.suspend, 1)
    case 0x00..<0x20: return (nil, 1)
    default: return character(first)
    }
  }

  private func sequence() -> (Key?, Int)? {
    guard rest.count > 2, rest[1] == UInt8(ascii: "[") || rest[1] == UInt8(ascii: "O") else {
      return (.escape, rest.count == 2 && rest[1] == UInt8(ascii: "[") ? 2 : 1)
    }
    guard let end = rest.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else {
      return (nil, rest.count)
    }
    let text = String(decoding: rest[2...end], as: UTF8.self)
    return (Self.named[text], end + 1)
  }

  private static let named: [String: Key] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "5~": .pageUp,
    "6~": .pageDown, "1~": .home, "4~": .end,
  ]

  private func character(_ first: UInt8) -> (Key?, Int)? {
    let length =
      switch first {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    guard rest.count >= length else { return nil }
    guard let text = String(validating: rest.prefix(length), as: UTF8.self), let only = text.first
    else { return (nil, 1) }
    return (.character(only), length)
  }
}
