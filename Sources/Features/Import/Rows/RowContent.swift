internal import Crypto
internal import JSON
internal import SalesRules

/// What a row says, as a hash that is kept with its external id: the same whatever the order of its
/// members and wherever it stands, so that a row that comes again is told from one whose values changed.
struct RowContent: Hashable {
  /// Hexadecimal digits.
  let digits: String

  /// One that was kept; nil where nothing was.
  init?(kept digits: String?) {
    guard let digits else { return nil }
    self.digits = digits
  }

  /// Of all that a row says, besides which row it is.
  init(_ row: ImportRow) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    Self.append(row.members, besides: ImportRow.aboutItself, to: &bytes)
    digits = Self.hash(bytes)
  }

  /// Of who a person is: the name's hash and, behind it, that of the e-mail address where there is one.
  /// Teams do not count, since who is in several stands in several rows.
  init(_ person: PersonRow) {
    let email = person.email.map { Self.hash(Array($0.comparisonKey.utf8)) } ?? ""
    digits = Self.hash(Array(person.name.utf8)) + email
  }

  /// Whether this is of a person of the same name, and neither contradicts the other's address: a row
  /// without one says nothing of it.
  func names(_ person: RowContent) -> Bool {
    digits.hasPrefix(person.digits.prefix(Self.length))
      && (!person.hasAddress || digits == person.digits)
  }

  /// Whether this is of a person of the same name whose e-mail address was not told.
  func lacksAddress(of person: RowContent) -> Bool {
    !hasAddress && person.digits.hasPrefix(digits)
  }

  private var hasAddress: Bool { digits.utf8.count > Self.length }

  // MARK: - Bytes

  /// 16 bytes: by chance no two rows of a company ever have the same.
  private static let length = 32

  private static func hash(_ bytes: [UInt8]) -> String {
    let alphabet = Array("0123456789abcdef".utf8)
    var digits: [UInt8] = []
    digits.reserveCapacity(length)
    for byte in SHA256.hash(data: bytes).prefix(length / 2) {
      digits.append(alphabet[Int(byte >> 4)])
      digits.append(alphabet[Int(byte & 15)])
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Members in order of their names; those that say nothing are as if they were not there.
  private static func append(
    _ object: JSONObject, besides: Set<String> = [], to bytes: inout [UInt8]
  ) {
    let members = object.members.filter { !besides.contains($0.name) && !isNothing($0.value) }
    bytes.append(UInt8(ascii: "{"))
    for member in members.sorted(by: { $0.name < $1.name }) {
      append(member.name, to: &bytes)
      append(member.value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private static func append(_ json: JSON, to bytes: inout [UInt8]) {
    switch json {
    case .null: bytes.append(UInt8(ascii: "n"))
    case .bool(let truth): bytes.append(UInt8(ascii: truth ? "t" : "f"))
    // A number is read as the text that it is written with.
    case .number(let number): append(number.text, to: &bytes)
    case .string(let text): append(text, to: &bytes)
    case .object(let object): append(object, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for element in elements { append(element, to: &bytes) }
      bytes.append(UInt8(ascii: "]"))
    }
  }

  /// With its length in front, so that no text looks like two.
  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: String(text.utf8.count).utf8)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(contentsOf: text.utf8)
  }

  private static func isNothing(_ json: JSON) -> Bool {
    switch json {
    case .null: true
    case .string(let text): text.isEmpty
    case .array(let elements): elements.isEmpty
    case .object(let object): object.members.allSatisfy { isNothing($0.value) }
    case .bool, .number: false
    }
  }
}
