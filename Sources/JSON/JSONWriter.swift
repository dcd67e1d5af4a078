/// Writes JSON texts straight into bytes, one line each.
///
/// The caller says what comes, the writer sets commas, quotes and escapes. It does not check that
/// the calls make one whole value: `beginObject` wants its `endObject`, a `name` its value.
public struct JSONWriter: Sendable {
  /// What was written so far, in UTF-8.
  public internal(set) var bytes: [UInt8] = []
  /// Whether a value stands before the place of the next one, in the same array or object.
  var needsComma = false

  /// An empty writer with room for that many bytes.
  public init(reservingCapacity capacity: Int = 0) {
    if capacity > 0 { bytes.reserveCapacity(capacity) }
  }

  /// Opens an object.
  public mutating func beginObject() {
    separate()
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
  }

  /// Closes the object opened last.
  public mutating func endObject() {
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  /// Opens an array.
  public mutating func beginArray() {
    separate()
    bytes.append(UInt8(ascii: "["))
    needsComma = false
  }

  /// Closes the array opened last.
  public mutating func endArray() {
    bytes.append(UInt8(ascii: "]"))
    needsComma = true
  }

  /// Writes an object whose members the closure writes.
  public mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows {
    beginObject()
    try members(&self)
    endObject()
  }

  /// Writes an array whose elements the closure writes.
  public mutating func array(_ elements: (inout JSONWriter) throws -> Void) rethrows {
    beginArray()
    try elements(&self)
    endArray()
  }

  /// The name of a member that needs no escape; its value comes next.
  public mutating func name(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// The name of a member; its value comes next.
  @_disfavoredOverload
  public mutating func name(_ name: String) {
    value(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// `null`.
  public mutating func null() {
    word("null")
  }

  /// A number whose digits are at hand, as a database sends them.
  public mutating func number(text: UnsafeRawBufferPointer) {
    separate()
    bytes.append(contentsOf: text)
    needsComma = true
  }

  /// A value that is JSON already. Line breaks between its tokens become spaces, so that the whole
  /// stays on one line.
  public mutating func raw(_ json: UnsafeRawBufferPointer) {
    separate()
    let start = bytes.count
    bytes.append(contentsOf: json)
    needsComma = true
    // Within strings JSON has no raw line break, so each one found stands between tokens.
    guard json.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return }
    for index in start..<bytes.count where bytes[index] == 0x0A || bytes[index] == 0x0D {
      bytes[index] = 0x20
    }
  }

  /// A value that is JSON already.
  public mutating func raw(_ json: [UInt8]) {
    json.withUnsafeBytes { raw($0) }
  }

  /// A value that is JSON already.
  public mutating func raw(_ json: RawJSON) {
    separate()
    bytes.append(contentsOf: json.bytes)
    needsComma = true
  }

  mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  mutating func word(_ word: StaticString) {
    separate()
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    needsComma = true
  }
}
