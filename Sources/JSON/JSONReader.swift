/// Reads JSON texts, strictly by RFC 8259 and no further.
///
/// Refused as well is what the database cannot hold (the character U+0000, lone surrogates, numbers
/// such as `1e400`) and what is read differently by different programs (a member that stands twice).
public struct JSONReader: Sendable {
  /// How many arrays and objects may stand within each other.
  public let maximumDepth: Int

  /// A reader that refuses texts nested more deeply than that.
  public init(maximumDepth: Int = 64) {
    self.maximumDepth = maximumDepth
  }

  /// The value that the bytes spell in UTF-8.
  public func read(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> JSON {
    var parser = JSONParser(bytes: bytes, maximumDepth: maximumDepth)
    return try parser.parseText()
  }

  /// The value that the bytes spell in UTF-8.
  public func read(_ bytes: [UInt8]) throws(JSONError) -> JSON {
    let result = bytes.withUnsafeBytes { bytes -> Result<JSON, JSONError> in
      Result { () throws(JSONError) in try read(bytes) }
    }
    return try result.get()
  }

  /// The value that the text spells.
  public func read(_ text: String) throws(JSONError) -> JSON {
    var text = text
    let result = text.withUTF8 { bytes -> Result<JSON, JSONError> in
      Result { () throws(JSONError) in try read(UnsafeRawBufferPointer(bytes)) }
    }
    return try result.get()
  }
}
