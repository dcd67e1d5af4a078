internal import JSON

/// What rows of every kind have: where they come from and what they are called there.
struct ImportRow {
  /// Its number in what it came from, which rejections name.
  let line: Int64
  let members: JSONObject
  /// Whether it only wants its object to be there: where the external id is known, it says nothing.
  let isIfAbsent: Bool

  /// The members that tell of the row and not of its object.
  static let aboutItself: Set<String> = ["line", "if_absent"]

  /// The object at a place of the call, counted from 0.
  init(_ json: JSON, index: Int) throws(RowRejection) {
    guard let members = json.object else { throw RowRejection("it is not an object") }
    self.members = members
    line = Self.line(json, index: index)
    let isIfAbsent = members["if_absent"] ?? .null
    guard let truth = isIfAbsent.bool ?? (isIfAbsent.isNull ? false : nil) else {
      throw RowRejection("if_absent has to be true or false")
    }
    self.isIfAbsent = truth
  }

  /// A row's number; without one, its place in the call from 1 on.
  static func line(_ json: JSON, index: Int) -> Int64 {
    json["line"]?.int64 ?? Int64(index + 1)
  }

  /// A text of one line, from a text or a number; nil for null and what is empty.
  static func text(
    _ json: JSON, _ name: String, length: Int = 200, lines: Bool = false
  ) throws(RowRejection) -> String? {
    let text: String
    switch json {
    case .null: return nil
    case .string(let string): text = string
    case .number(let number): text = number.text
    default: throw RowRejection("\(name) has to be a text")
    }
    if text.isEmpty { return nil }
    guard isClean(text, lines: lines) else {
      throw RowRejection("\(name) has control characters in it")
    }
    // Most texts are short enough even in bytes; only the others need counting.
    guard text.utf8.count <= length || text.unicodeScalars.count <= length else {
      throw RowRejection("\(name) is longer than \(length) characters")
    }
    guard !text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else {
      return nil
    }
    return text
  }

  /// Without control characters, besides line breaks and tabs where lines are allowed.
  private static func isClean(_ text: String, lines: Bool) -> Bool {
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x7F {
        guard lines, byte == 0x0A || byte == 0x0D || byte == 0x09 else { return false }
      }
      // The second half of the control characters is encoded behind 0xC2.
      if previous == 0xC2, byte < 0xA0 { return false }
      previous = byte
    }
    return true
  }

  static func required(_ text: String?, _ name: String) throws(RowRejection) -> String {
    guard let text else { throw RowRejection("\(name) is missing") }
    return text
  }

  static func unknown(_ name: String, _ known: [String]) -> RowRejection {
    RowRejection(
      "the member \(RowRejection.quoted(name)) is unknown; there are \(known.joined(separator: ", "))"
    )
  }
}
