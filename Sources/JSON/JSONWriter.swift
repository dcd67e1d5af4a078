/// Writes JSON texts straight into bytes, one line each.
///
/// The caller says what comes, the writer sets commas, quotes and escapes. It does not check that
/// the calls make one whole value: `beginObject` wants its `endObject`, a `name` its value.
public struct JSONWriter: Sendable {
  // Longer than what was written, so that each call looks once whether there is room and whether the
  // array is its own, and then writes where it is. Answers are made of millions of such calls.
  private var buffer: [UInt8]
  private var length = 0
  /// Whether a value stands before the place of the next one, in the same array or object.
  var needsComma = false

  /// An empty writer with room for that many bytes.
  public init(reservingCapacity capacity: Int = 0) {
    buffer = [UInt8](repeating: 0, count: max(capacity, 0))
  }

  /// What was written so far, in UTF-8.
  public var bytes: [UInt8] { Array(buffer[..<length]) }

  /// What was written, in UTF-8, without a copy; the writer is empty afterwards.
  mutating func finish() -> [UInt8] {
    var written: [UInt8] = []
    swap(&written, &buffer)
    written.removeSubrange(length...)
    (length, needsComma) = (0, false)
    return written
  }

  /// Lets the body write at most so many bytes; it answers how many it has written.
  @inline(__always)
  mutating func write(atMost count: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    if buffer.count - length < count { grow(by: count) }
    let start = length
    length += buffer.withUnsafeMutableBufferPointer { all in
      // There is room for a byte at least, so there is an address.
      all.baseAddress.map { body($0 + start) } ?? 0
    }
  }

  @inline(never)
  private mutating func grow(by count: Int) {
    let wanted = max(buffer.count * 2, length + count, 256)
    buffer.append(contentsOf: repeatElement(0, count: wanted - buffer.count))
  }

  /// Opens an object.
  public mutating func beginObject() {
    open(UInt8(ascii: "{"))
  }

  /// Closes the object opened last.
  public mutating func endObject() {
    close(UInt8(ascii: "}"))
  }

  /// Opens an array.
  public mutating func beginArray() {
    open(UInt8(ascii: "["))
  }

  /// Closes the array opened last.
  public mutating func endArray() {
    close(UInt8(ascii: "]"))
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
    let count = name.utf8CodeUnitCount
    let isFollowing = needsComma
    write(atMost: count + 4) { place in
      var next = place
      if isFollowing {
        next[0] = UInt8(ascii: ",")
        next += 1
      }
      next[0] = UInt8(ascii: "\"")
      (next + 1).update(from: name.utf8Start, count: count)
      next[count + 1] = UInt8(ascii: "\"")
      next[count + 2] = UInt8(ascii: ":")
      return next - place + count + 3
    }
    needsComma = false
  }

  /// The name of a member; its value comes next.
  @_disfavoredOverload
  public mutating func name(_ name: String) {
    value(name)
    write(atMost: 1) { place in
      place[0] = UInt8(ascii: ":")
      return 1
    }
    needsComma = false
  }

  /// `null`.
  public mutating func null() {
    word("null")
  }

  /// A number whose digits are at hand, as a database sends them.
  public mutating func number(text: UnsafeRawBufferPointer) {
    append(text)
  }

  /// A value that is JSON already. Line breaks between its tokens become spaces, so that the whole
  /// stays on one line.
  public mutating func raw(_ json: UnsafeRawBufferPointer) {
    // Within strings JSON has no raw line break, so each one found stands between tokens.
    guard json.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return append(json) }
    json.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }.withUnsafeBytes { append($0) }
  }

  /// A value that is JSON already.
  public mutating func raw(_ json: [UInt8]) {
    json.withUnsafeBytes { raw($0) }
  }

  /// A value that is JSON already.
  public mutating func raw(_ json: RawJSON) {
    json.bytes.withUnsafeBytes { append($0) }
  }

  mutating func word(_ word: StaticString) {
    append(UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  /// A value whose bytes are at hand.
  @inline(__always)
  mutating func append(_ value: UnsafeRawBufferPointer) {
    let isFollowing = needsComma
    write(atMost: value.count + 1) { place in
      place[0] = UInt8(ascii: ",")
      let start = isFollowing ? 1 : 0
      UnsafeMutableRawBufferPointer(start: place + start, count: value.count).copyMemory(
        from: value)
      return start + value.count
    }
    needsComma = true
  }

  @inline(__always)
  private mutating func open(_ bracket: UInt8) {
    let isFollowing = needsComma
    write(atMost: 2) { place in
      place[0] = UInt8(ascii: ",")
      place[isFollowing ? 1 : 0] = bracket
      return isFollowing ? 2 : 1
    }
    needsComma = false
  }

  @inline(__always)
  private mutating func close(_ bracket: UInt8) {
    write(atMost: 1) { place in
      place[0] = bracket
      return 1
    }
    needsComma = true
  }
}
