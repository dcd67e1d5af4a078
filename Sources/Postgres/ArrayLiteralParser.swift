/// Reads PostgreSQL's text form of a one-dimensional array: `{a,"b \"c\"",NULL}`.
struct ArrayLiteralParser {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// The elements, or `nil` where the text is no such array.
  mutating func parse() -> [String?]? {
    guard take(UInt8(ascii: "{")) else { return nil }
    if take(UInt8(ascii: "}")) { return position == bytes.count ? [] : nil }
    var elements: [String?] = []
    repeat {
      guard let element = element() else { return nil }
      elements.append(element)
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")), position == bytes.count else { return nil }
    return elements
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// `.some(nil)` is a NULL element, `nil` a broken text.
  private mutating func element() -> String?? {
    if take(UInt8(ascii: "\"")) { return quoted().map { .some($0) } }
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: ","),
      bytes[position] != UInt8(ascii: "}")
    {
      guard bytes[position] != UInt8(ascii: "{"), bytes[position] != UInt8(ascii: "\"") else {
        return nil
      }
      position += 1
    }
    guard position > start else { return nil }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return .some(text == "NULL" ? nil : text)
  }

  private mutating func quoted() -> String? {
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard position < bytes.count else { return nil }
        text.append(bytes[position])
        position += 1
      default:
        text.append(byte)
      }
    }
    return nil
  }
}
