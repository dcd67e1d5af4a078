internal import JSON
internal import Testing

/// What RFC 8259 refuses is refused, and so is what the database cannot hold; each for its own reason.
@Suite struct ReaderRefusalTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let bytes: [UInt8]
    let problem: JSONError.Problem
    let offset: Int?

    init(_ text: String, _ problem: JSONError.Problem, at offset: Int? = nil) {
      self.init(Array(text.utf8), problem, at: offset)
    }

    init(_ bytes: [UInt8], _ problem: JSONError.Problem, at offset: Int? = nil) {
      (self.bytes, self.problem, self.offset) = (bytes, problem, offset)
    }

    var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription }
  }

  static let grammar: [Case] = [
    Case("", .unexpectedEnd, at: 0), Case("   ", .unexpectedEnd, at: 3),
    Case("[1,]", .unexpectedByte, at: 3), Case(#"{"a":1,}"#, .unexpectedByte, at: 7),
    Case("[,1]", .unexpectedByte), Case("[1 2]", .unexpectedByte), Case("[1", .unexpectedEnd),
    Case(#"{"a""#, .unexpectedEnd), Case(#"{"a" 1}"#, .unexpectedByte),
    Case(#"{a:1}"#, .unexpectedByte), Case(#"{'a':1}"#, .unexpectedByte),
    Case(#"{1:1}"#, .unexpectedByte), Case("]", .unexpectedByte), Case("[}", .unexpectedByte),
    Case("nul", .unexpectedEnd), Case("True", .unexpectedByte), Case("nulL", .unexpectedByte),
    Case("undefined", .unexpectedByte), Case("NaN", .unexpectedByte),
    Case("Infinity", .unexpectedByte), Case("-Infinity", .invalidNumber),
    Case("1 1", .trailingText, at: 2), Case("{} {}", .trailingText), Case("null,", .trailingText),
    Case("[]\u{0}", .trailingText), Case("// a\n1", .unexpectedByte), Case("1/**/", .trailingText),
    Case("[1]\u{A0}", .trailingText), Case("\u{FEFF}1", .byteOrderMark, at: 0),
    Case("\u{2028}1", .unexpectedByte), Case("\u{C}1", .unexpectedByte),
  ]

  static let numbers: [Case] = [
    Case("01", .invalidNumber), Case("-01", .invalidNumber), Case("00", .invalidNumber),
    Case("-", .invalidNumber), Case("+1", .unexpectedByte), Case(".5", .unexpectedByte),
    Case("1.", .invalidNumber), Case("1.e1", .invalidNumber), Case("1e", .invalidNumber),
    Case("1e+", .invalidNumber), Case("1.2.3", .invalidNumber), Case("1-", .invalidNumber),
    Case("0x1F", .invalidNumber), Case("1_000", .trailingText), Case("1,5", .trailingText),
    Case("--1", .invalidNumber), Case("١", .unexpectedByte), Case("1e1.5", .invalidNumber),
    Case("1e400", .numberOutOfRange), Case("-1e400", .numberOutOfRange),
    Case("1e-400", .numberOutOfRange), Case("1e99999999999999999999", .numberOutOfRange),
    Case("[1e309]", .numberOutOfRange, at: 1),
    Case(String(repeating: "9", count: 400), .numberOutOfRange),
    Case("0." + String(repeating: "0", count: 400) + "1", .numberOutOfRange),
    Case("0." + String(repeating: "1", count: 2000), .numberOutOfRange),
  ]

  static let strings: [Case] = [
    Case(#""abc"#, .unexpectedEnd), Case(#""abc\"#, .unexpectedEnd),
    Case("\"a\nb\"", .controlCharacter),
    Case("\"a\tb\"", .controlCharacter), Case("\"\u{0}\"", .controlCharacter),
    Case("\"\u{1F}\"", .controlCharacter), Case(#""\x41""#, .invalidEscape, at: 1),
    Case(#""\'""#, .invalidEscape), Case(#""\U0041""#, .invalidEscape),
    Case(#""\u004""#, .invalidEscape),
    Case(#""\u00g1""#, .invalidEscape), Case(#""\u{41}""#, .invalidEscape),
    Case(#""\u""#, .invalidEscape),
    Case(#""\u0000""#, .nullCharacter, at: 1), Case(#""a\u0000b""#, .nullCharacter, at: 2),
    Case(#"{"\u0000":1}"#, .nullCharacter), Case(#""\ud800""#, .loneSurrogate),
    Case(#""\udc00""#, .loneSurrogate), Case(#""\ud800\n""#, .loneSurrogate),
    Case(#""\ud800x""#, .loneSurrogate), Case(#""\ud800\ud800""#, .loneSurrogate),
    Case(#""\udc00\ud800""#, .loneSurrogate), Case(#""\ud800\u0041""#, .loneSurrogate),
    Case("'abc'", .unexpectedByte),
  ]

  static let encodings: [Case] = [
    Case([0x22, 0xC0, 0x80, 0x22], .invalidUTF8, at: 1),
    Case([0x22, 0xC1, 0xBF, 0x22], .invalidUTF8),
    Case([0x22, 0xE0, 0x80, 0xAF, 0x22], .invalidUTF8),
    Case([0x22, 0xF0, 0x80, 0x80, 0xAF, 0x22], .invalidUTF8),
    Case([0x22, 0xED, 0xA0, 0x80, 0x22], .invalidUTF8),
    Case([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], .invalidUTF8),
    Case([0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], .invalidUTF8),
    Case([0x22, 0x80, 0x22], .invalidUTF8), Case([0x22, 0xFF, 0x22], .invalidUTF8),
    Case([0x22, 0xC3, 0x22], .invalidUTF8), Case([0x22, 0xE2, 0x82, 0x22], .invalidUTF8),
    Case([0x22, 0xE2, 0x82], .invalidUTF8), Case([0x22, 0xF0, 0x9F, 0x98], .invalidUTF8),
    Case([0x22, 0xC3], .invalidUTF8), Case([0x22, 0x5C, 0x6E, 0xC3], .invalidUTF8),
    Case([0xEF, 0xBB, 0xBF], .byteOrderMark), Case([0xFF, 0xFE, 0x31, 0x00], .unexpectedByte),
    Case([0xFE, 0xFF, 0x00, 0x31], .unexpectedByte), Case([0x31, 0x00], .trailingText),
    Case([0x00, 0x31], .unexpectedByte), Case([0x22, 0x00, 0x61, 0x00, 0x22], .controlCharacter),
  ]

  @Test(arguments: grammar) func `A text against the grammar is refused`(_ each: Case) {
    check(each)
  }

  @Test(arguments: numbers) func `A number against grammar or range is refused`(_ each: Case) {
    check(each)
  }

  @Test(arguments: strings) func `A string against the grammar is refused`(_ each: Case) {
    check(each)
  }

  @Test(arguments: encodings) func `What is not UTF-8 is refused`(_ each: Case) {
    check(each)
  }

  static let duplicates = [
    #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"{"\u0061":1,"a":2}"#, #"{"":1,"":2}"#,
    #"{"/":1,"\/":2}"#, #"{"😀":1,"\ud83d\ude00":2}"#, #"[{"x":{"a":1,"b":2,"a":3}}]"#,
  ]

  @Test(arguments: duplicates) func `A member that stands twice is refused`(_ text: String) {
    #expect(throws: JSONError.self) { try JSONReader().read(text) }
    let error = #expect(throws: JSONError.self) { try JSONReader().read(text) }
    #expect(error?.problem == .duplicateMember)
  }

  @Test func `A member doubled after many others is refused where it stands`() {
    let names = (0..<40).map { #""m\#($0)":0"# }.joined(separator: ",")
    let error = #expect(throws: JSONError.self) {
      try JSONReader().read(#"{\#(names),"m\u0037":1}"#)
    }
    #expect(error == JSONError(problem: .duplicateMember, offset: names.utf8.count + 2))
  }

  @Test func `Nesting is taken up to the depth and refused beyond it`() throws {
    func nested(_ depth: Int, _ open: String, _ close: String) -> String {
      String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
    }
    for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
      _ = try JSONReader().read(nested(64, open, close))
      let error = #expect(throws: JSONError.self) { try JSONReader().read(nested(65, open, close)) }
      #expect(error?.problem == .tooDeep)
      // A million openings end at the bound and not on the stack.
      #expect(throws: JSONError.self) { try JSONReader().read(nested(1_000_000, open, "")) }
    }
    _ = try JSONReader(maximumDepth: 0).read("1")
    #expect(throws: JSONError.self) { try JSONReader(maximumDepth: 0).read("[]") }
    // Siblings do not add up.
    _ = try JSONReader(maximumDepth: 2).read("[[],[],{},[1]]")
  }

  private func check(_ each: Case) {
    let error = #expect(throws: JSONError.self) { try JSONReader().read(each.bytes) }
    #expect(error?.problem == each.problem)
    if let offset = each.offset { #expect(error?.offset == offset) }
    #expect(ReferenceReader.read(each.bytes) == nil)
  }
}
