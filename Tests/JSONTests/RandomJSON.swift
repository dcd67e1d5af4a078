internal import JSON

/// Random values with everything awkward in them: empty names, escapes, every width of UTF-8.
struct RandomJSON {
  private var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  mutating func value(depth: Int = 4) -> JSON {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
    case 0: .null
    case 1: .bool(Bool.random(using: &generator))
    case 2: .string(text())
    case 3: .number(number())
    case 4: .integer(Int64.random(in: .min ... .max, using: &generator))
    case 5: .array(list(depth: depth))
    default: .object(object(depth: depth))
    }
  }

  mutating func text() -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...8, using: &generator) { scalars.append(scalar()) }
    return String(scalars)
  }

  /// Any character but U+0000, which the reader refuses.
  private mutating func scalar() -> Unicode.Scalar {
    let ranges: [ClosedRange<UInt32>] = [
      1...0x1F, 0x20...0x7F, 0x20...0x7F, 0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF,
      0x10000...0x10FFFF, 0x300...0x310,
    ]
    let range = ranges[Int.random(in: 0..<ranges.count, using: &generator)]
    return Unicode.Scalar(UInt32.random(in: range, using: &generator)) ?? "?"
  }

  private mutating func number() -> JSONNumber {
    let double = Double(bitPattern: generator.next())
    return JSONNumber(double) ?? JSONNumber(0)
  }

  private mutating func list(depth: Int) -> [JSON] {
    var elements: [JSON] = []
    for _ in 0..<Int.random(in: 0...4, using: &generator) {
      elements.append(value(depth: depth - 1))
    }
    return elements
  }

  private mutating func object(depth: Int) -> JSONObject {
    var object = JSONObject()
    for _ in 0..<Int.random(in: 0...4, using: &generator) {
      object[text()] = value(depth: depth - 1)
    }
    return object
  }
}
