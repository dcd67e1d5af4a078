/// One pass over one text: the state behind `JSONReader`.
///
/// The bytes are borrowed for the time of one `read` and never kept.
struct JSONParser {
  let bytes: UnsafeRawBufferPointer
  var offset = 0
  var depthLeft: Int

  init(bytes: UnsafeRawBufferPointer, maximumDepth: Int) {
    self.bytes = bytes
    self.depthLeft = maximumDepth
  }

  mutating func parseText() throws(JSONError) -> JSON {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      throw error(.byteOrderMark)
    }
    skipSpace()
    let value = try parseValue()
    skipSpace()
    guard offset == bytes.count else { throw error(.trailingText) }
    return value
  }

  private mutating func parseValue() throws(JSONError) -> JSON {
    switch try peek() {
    case UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "{"):
      return .object(try nested { (self) throws(JSONError) in try self.parseObject() })
    case UInt8(ascii: "["):
      return .array(try nested { (self) throws(JSONError) in try self.parseArray() })
    case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
    case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
    case UInt8(ascii: "n"): return try parseWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return .number(try parseNumber())
    default: throw error(.unexpectedByte)
    }
  }

  private mutating func nested<Value>(
    _ parse: (inout JSONParser) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    guard depthLeft > 0 else { throw error(.tooDeep) }
    depthLeft -= 1
    defer { depthLeft += 1 }
    offset += 1
    return try parse(&self)
  }

  private mutating func parseObject() throws(JSONError) -> JSONObject {
    var members: [JSONObject.Member] = []
    skipSpace()
    if try takeIf(UInt8(ascii: "}")) { return JSONObject(distinct: members) }
    // Most objects are small, and growing one member by one would take several steps.
    members.reserveCapacity(4)
    var names = DistinctNames()
    while true {
      let nameOffset = offset
      guard try peek() == UInt8(ascii: "\"") else { throw error(.unexpectedByte) }
      let name = try parseString()
      guard names.insert(name, among: members) else {
        throw JSONError(problem: .duplicateMember, offset: nameOffset)
      }
      skipSpace()
      try take(UInt8(ascii: ":"))
      skipSpace()
      let start = offset
      let value = try parseValue()
      members.append(JSONObject.Member(name: name, value: value, range: start..<offset))
      skipSpace()
      if try takeIf(UInt8(ascii: "}")) { return JSONObject(distinct: members) }
      try take(UInt8(ascii: ","))
      skipSpace()
    }
  }

  private mutating func parseArray() throws(JSONError) -> [JSON] {
    var elements: [JSON] = []
    skipSpace()
    if try takeIf(UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try parseValue())
      skipSpace()
      if try takeIf(UInt8(ascii: "]")) { return elements }
      try take(UInt8(ascii: ","))
      skipSpace()
    }
  }

  private mutating func parseWord(
    _ word: StaticString, _ value: JSON
  ) throws(JSONError) -> JSON {
    for index in 0..<word.utf8CodeUnitCount {
      try take(word.utf8Start[index])
    }
    return value
  }
}

extension JSONParser {
  func error(_ problem: JSONError.Problem) -> JSONError {
    JSONError(problem: problem, offset: offset)
  }

  /// The byte that comes next.
  func peek() throws(JSONError) -> UInt8 {
    guard offset < bytes.count else { throw error(.unexpectedEnd) }
    return bytes[offset]
  }

  /// Steps over the byte if it is the expected one.
  mutating func takeIf(_ expected: UInt8) throws(JSONError) -> Bool {
    guard try peek() == expected else { return false }
    offset += 1
    return true
  }

  /// Steps over a byte that has to stand here.
  mutating func take(_ expected: UInt8) throws(JSONError) {
    guard try takeIf(expected) else { throw error(.unexpectedByte) }
  }

  /// Steps over the four characters that JSON calls white space.
  mutating func skipSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }
}
