internal import JSON

/// RFC 8259 told once more, slowly and over whole characters: what the fast reader is held against.
///
/// Shares no code with the reader. It also refuses what the reader refuses on purpose: U+0000, doubled
/// names, numbers out of a double's range or longer than 1024 bytes, and nesting beyond the depth.
struct ReferenceReader {
  private struct Refused: Error {}

  private var text: [Unicode.Scalar] = []
  private var place = 0
  private let depth: Int

  private init(depth: Int) {
    self.depth = depth
  }

  static func read(_ bytes: [UInt8], depth: Int = 64) -> JSON? {
    guard let string = String(validating: bytes, as: UTF8.self) else { return nil }
    var reader = ReferenceReader(depth: depth)
    reader.text = Array(string.unicodeScalars)
    return try? reader.whole()
  }

  private mutating func whole() throws -> JSON {
    space()
    let value = try value(depth)
    space()
    guard place == text.count else { throw Refused() }
    return value
  }

  private mutating func space() {
    while place < text.count, " \t\r\n".unicodeScalars.contains(text[place]) { place += 1 }
  }

  private mutating func value(_ depth: Int) throws -> JSON {
    for (word, value) in [("null", JSON.null), ("true", .bool(true)), ("false", .bool(false))]
    where take(word) { return value }
    if take("\"") { return .string(try rest()) }
    if take("[") { return .array(try elements(depth - 1)) }
    if take("{") { return .object(try members(depth - 1)) }
    return .number(try number())
  }

  private mutating func take(_ word: String) -> Bool {
    let wanted = Array(word.unicodeScalars)
    guard text.dropFirst(place).starts(with: wanted) else { return false }
    place += wanted.count
    return true
  }

  private mutating func elements(_ depth: Int) throws -> [JSON] {
    guard depth >= 0 else { throw Refused() }
    var elements: [JSON] = []
    space()
    if take("]") { return elements }
    repeat {
      space()
      elements.append(try value(depth))
      space()
    } while take(",")
    guard take("]") else { throw Refused() }
    return elements
  }

  private mutating func members(_ depth: Int) throws -> JSONObject {
    guard depth >= 0 else { throw Refused() }
    var names: [[Unicode.Scalar]] = []
    var members: [(String, JSON)] = []
    space()
    if take("}") { return JSONObject() }
    repeat {
      space()
      guard take("\"") else { throw Refused() }
      let name = try rest()
      guard !names.contains(Array(name.unicodeScalars)) else { throw Refused() }
      names.append(Array(name.unicodeScalars))
      space()
      guard take(":") else { throw Refused() }
      space()
      members.append((name, try value(depth)))
      space()
    } while take(",")
    guard take("}") else { throw Refused() }
    return JSONObject(members)
  }

  /// A string's characters up to its closing quote.
  private mutating func rest() throws -> String {
    var decoded = String.UnicodeScalarView()
    while place < text.count {
      let scalar = text[place]
      place += 1
      switch scalar {
      case "\"": return String(decoded)
      case "\\": decoded.append(try escaped())
      case _ where scalar.value < 0x20: throw Refused()
      default: decoded.append(scalar)
      }
    }
    throw Refused()
  }

  private mutating func escaped() throws -> Unicode.Scalar {
    let simple: [Character: Unicode.Scalar] = [
      "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t",
    ]
    guard place < text.count else { throw Refused() }
    let letter = text[place]
    place += 1
    if let scalar = simple[Character(letter)] { return scalar }
    guard letter == "u" else { throw Refused() }
    let first = try unit()
    guard first != 0 else { throw Refused() }
    guard (0xD800..<0xDC00).contains(first) else {
      guard let scalar = Unicode.Scalar(first) else { throw Refused() }
      return scalar
    }
    guard take("\\u") else { throw Refused() }
    let second = try unit()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) * 0x400 + second - 0xDC00)
    else { throw Refused() }
    return scalar
  }

  private mutating func unit() throws -> UInt32 {
    let digits = text.dropFirst(place).prefix(4)
    guard digits.count == 4, digits.allSatisfy({ $0.isASCII && $0.properties.isASCIIHexDigit })
    else { throw Refused() }
    place += 4
    return UInt32(String(String.UnicodeScalarView(digits)), radix: 16) ?? 0
  }

  private mutating func number() throws -> JSONNumber {
    let marks = "+-.eE0123456789".unicodeScalars
    let run = text.dropFirst(place).prefix { marks.contains($0) }
    let written = String(String.UnicodeScalarView(run))
    guard
      let match = written.wholeMatch(
        of: /(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)(?:[eE]([-+]?[0-9]+))?/),
      written.utf8.count <= 1024, abs(match.2.map { Int($0) ?? 401 } ?? 0) <= 400,
      let double = Double(written), double.isFinite,
      double != 0 || !match.1.contains(where: { "123456789".contains($0) }),
      let number = JSONNumber(text: written)
    else { throw Refused() }
    place += run.count
    return number
  }
}
