internal import JSON
internal import JSONRPC

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

  /// A text of one line, from a text or a number; nil for null and where there is nothing to be seen.
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
    // Most texts are short enough even in bytes; only the others need counting.
    guard text.utf8.count <= length || text.unicodeScalars.count <= length else {
      throw RowRejection("\(name) is longer than \(length) characters")
    }
    switch PlainText.fault(in: text, lines: lines) {
    case nil: return text
    case .invisible?: return nil
    case let fault?: throw RowRejection("\(name) \(fault.problem)")
    }
  }

  /// A phone number or an address, without the marks of direction that telephones put around them.
  static func copied(
    _ json: JSON, _ name: String, length: Int
  ) throws(RowRejection) -> String? {
    guard let string = json.string else { return try text(json, name, length: length) }
    return try text(.string(PlainText.withoutTurns(string)), name, length: length)
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
