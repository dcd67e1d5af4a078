internal import JSON
internal import Testing

/// What the reader takes, and how it keeps it.
@Suite struct ReaderTests {
  @Test func `Every kind of value is read, with space around it`() throws {
    let text = " \t\r\n{ \"a\" : [ null , true , false , -1.5 , \"x\" , {} , [] ] } \n"
    #expect(try JSONReader().read(text) == ["a": [nil, true, false, -1.5, "x", [:], []]])
    for word in ["null", "true", "false", "0", "\"\"", "[]", "{}"] {
      #expect(try JSONReader().read(word).description == word)
    }
  }

  @Test(arguments: [
    "0", "-0", "0.0", "-0.0", "1.0", "1.50", "1e2", "1E+2", "1e-2", "0e0", "0e400", "-0e-400",
    "9223372036854775808", "123456789012345678901234567890", "1.7976931348623157e308", "5e-324",
    "0.1000000000000000055511151231257827", "1e00000000000000002",
    String(repeating: "7", count: 300), "0." + String(repeating: "0", count: 350),
  ]) func `A number is kept as it was written`(_ text: String) throws {
    let value = try JSONReader().read(text)
    #expect(value == .number(try #require(JSONNumber(text: text))))
    #expect(value.description == text)
  }

  @Test(
    arguments: [
      ("5", 5), ("-5", -5), ("-0", 0), ("9223372036854775807", Int64.max),
      ("-9223372036854775808", Int64.min), ("9223372036854775808", nil), ("5.0", nil), ("5e0", nil),
      ("1e2", nil), ("0.5", nil),
    ] as [(String, Int64?)])
  func `An integer is one that is written as one and fits`(_ text: String, _ value: Int64?) throws {
    #expect(try JSONReader().read(text).int64 == value)
  }

  @Test func `Text that is no number makes none`() {
    for text in ["", " 1", "1 ", "01", "1e400", "null", "\"1\"", "1,", "+1"] {
      #expect(JSONNumber(text: text) == nil)
    }
    #expect(JSONNumber(Double.nan) == nil && JSONNumber(-Double.infinity) == nil)
    #expect(JSON.double(.infinity) == .null)
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
    (#""\ud83d\ude00""#, "😀"), (#""\uD834\uDD1E!""#, "𝄞!"),
    (#""\uffff\uFFFE""#, "\u{FFFF}\u{FFFE}"),
    ("\"Кухня\u{7F}\u{2028}\"", "Кухня\u{7F}\u{2028}"), (#""\udbff\udfff""#, "\u{10FFFF}"),
    (#""\ufeff""#, "\u{FEFF}"), (#""a\u0301""#, "a\u{301}"), (#""\u0001""#, "\u{1}"),
  ]) func `Escapes and characters of any width are decoded`(_ text: String, _ value: String) throws
  {
    let read = try #require(try JSONReader().read(text).string)
    #expect(Array(read.utf8) == Array(value.utf8))
  }

  @Test func `Names that only Unicode takes for the same are two names`() throws {
    let object = try #require(try JSONReader().read("{\"\u{E9}\":1,\"e\u{301}\":2}").object)
    #expect(object.count == 2)
    #expect(object["\u{E9}"] == 1)
    #expect(object["e\u{301}"] == 2)
    #expect(JSON.string("\u{E9}") != JSON.string("e\u{301}"))
    // The same beyond the size at which names are kept in a set.
    let many = (0..<40).map { "\"\($0)\":0," }.joined()
    #expect(try JSONReader().read("{\(many)\"\u{E9}\":1,\"e\u{301}\":2}").object?.count == 42)
  }

  @Test func `Members keep their order and the place of their values`() throws {
    let text = #"{ "b" : 1.0 , "a" : "\u0041" , "c" : [ 1, 2 ] }"#
    let object = try #require(try JSONReader().read(text).object)
    #expect(object.members.map(\.name) == ["b", "a", "c"])
    let bytes = Array(text.utf8)
    let values = object.members.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    #expect(values == ["1.0", #""\u0041""#, "[ 1, 2 ]"])
  }

  @Test func `Objects are equal whatever the order of their members, arrays are not`() throws {
    #expect(
      try JSONReader().read(#"{"a":1,"b":{"c":2,"d":3}}"#) == ["b": ["d": 3, "c": 2], "a": 1])
    #expect(try JSONReader().read("[1,2]") != [2, 1])
    #expect(try JSONReader().read(#"{"a":1}"#) != ["a": 1, "b": 2])
    #expect(try JSONReader().read("1.0") != 1)
  }

  @Test func `A member is set, replaced and removed by its name`() {
    var object: JSONObject = ["a": 1]
    object["b"] = 2
    object["a"] = 3
    #expect(object == ["a": 3, "b": 2])
    object["a"] = nil
    object["x"] = nil
    #expect(object == ["b": 2])
    #expect(object.member("a") == nil)
  }

  /// Were each name compared with all before it, this would not come to its end.
  @Test(.timeLimit(.minutes(10))) func `Very many members are read in linear time`() throws {
    let count = 300_000
    let text = "{" + (0..<count).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
    let object = try #require(try JSONReader().read(text).object)
    #expect(object.count == count)
    #expect(object == object)
  }
}
