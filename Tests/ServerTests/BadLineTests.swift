import Testing

@testable import Server

@Suite("Bad lines", .timeLimit(.minutes(10)))
struct BadLineTests {
  struct BadLine: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    var code = -32700
    var testDescription: String { name }

    init(_ name: String, _ bytes: [UInt8], code: Int = -32700) {
      self.name = name
      self.bytes = bytes
      self.code = code
    }

    init(_ name: String, _ text: String, code: Int = -32700) {
      self.init(name, Array(text.utf8), code: code)
    }
  }

  static let lines = [
    BadLine(
      "broken UTF-8 in a string", Array(#"{"a":""#.utf8) + [0xc3, 0x28] + Array(#""}"#.utf8)),
    BadLine("overlong UTF-8", Array(#"[""#.utf8) + [0xc0, 0xaf] + Array(#""]"#.utf8)),
    BadLine("a surrogate in UTF-8", Array(#"[""#.utf8) + [0xed, 0xa0, 0x80] + Array(#""]"#.utf8)),
    BadLine("UTF-8 cut off", Array(#"[""#.utf8) + [0xe2, 0x82]),
    BadLine("bytes that are never UTF-8", [0xff, 0xfe, 0xfd]),
    BadLine("deep nesting", String(repeating: "[", count: 100_000)),
    BadLine(
      "deep nesting that is closed",
      String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)),
    BadLine("deep objects", String(repeating: #"{"a":"#, count: 50_000)),
    BadLine("a huge exponent", #"{"id":1e400}"#),
    BadLine("a huge number", #"{"id":"# + String(repeating: "9", count: 100_000) + "}"),
    BadLine("a number against the grammar", #"{"id":01}"#),
    BadLine("not a number", #"{"id":NaN}"#),
    BadLine("half a line", #"{"jsonrpc":"2.0","method":"ping","#),
    BadLine("a byte order mark", "\u{feff}" + ping(1)),
    BadLine("NUL in a string", "[\"\u{0}\"]"),
    BadLine("NUL between values", [UInt8(ascii: "["), 0, UInt8(ascii: "]")]),
    BadLine("NUL as an escape", #"["\u0000"]"#),
    BadLine("a lone high surrogate", #"["\ud800"]"#),
    BadLine("a lone low surrogate", #"["\udc00"]"#),
    BadLine("surrogates the wrong way round", #"["\udc00\ud800"]"#),
    BadLine("duplicate members", #"{"jsonrpc":"2.0","method":"ping","id":1,"id":2}"#),
    BadLine(
      "duplicate members by escape", #"{"jsonrpc":"2.0","method":"ping","id":1,"\u0069d":2}"#),
    BadLine("UTF-16, little end first", ping(1).utf16.flatMap { [UInt8($0 & 0xff), 0] }),
    BadLine("UTF-16, big end first", ping(1).utf16.flatMap { [0, UInt8($0 & 0xff)] }),
    BadLine("a trailing comma", #"{"jsonrpc":"2.0","method":"ping","id":1,}"#),
    BadLine("single quotes", "{'jsonrpc':'2.0'}"),
    BadLine("a comment", ping(1) + " // please"),
    BadLine("two values", ping(1) + ping(2)),
    BadLine("a carriage return alone", ping(1) + "\r" + ping(2)),
    BadLine("a space", " "),
    BadLine("a control character in a string", "[\"\u{1b}[31m\"]"),
    BadLine("HTTP", "GET / HTTP/1.1"),
    BadLine("TLS", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]),
    BadLine("text", "help"),
    BadLine("a number", "7", code: -32600),
    BadLine("null", "null", code: -32600),
    BadLine("an object without anything", "{}", code: -32600),
    BadLine("another version", #"{"jsonrpc":"1.0","method":"ping","id":1}"#, code: -32600),
    BadLine("a version that is a number", #"{"jsonrpc":2.0,"method":"ping","id":1}"#, code: -32600),
    BadLine("a method that is a number", #"{"jsonrpc":"2.0","method":1,"id":1}"#, code: -32600),
    BadLine("an id that is an object", #"{"jsonrpc":"2.0","method":"ping","id":{}}"#, code: -32600),
    BadLine(
      "params that are a string", #"{"jsonrpc":"2.0","method":"ping","params":"a","id":1}"#,
      code: -32600),
    BadLine("an empty batch", "[]", code: -32600),
    BadLine("a batch of too many", "[" + String(repeating: "1,", count: 1000) + "1]", code: -32600),
    BadLine("an unknown method", #"{"jsonrpc":"2.0","method":"","id":1}"#, code: -32601),
  ]

  @Test("Each bad line gets one error, and the same connection still answers", arguments: lines)
  func stillAnswers(line: BadLine) async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      try await client.send(line.bytes + Array("\n".utf8))
      let reply = await client.line()
      #expect(reply?.contains("\"code\":\(line.code),") == true, "\(reply ?? "nothing")")
      #expect(try await client.ask(ping(7)) == pong(7))
    }
  }

  @Test("All of them in one write get one error each, in order")
  func allAtOnce() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      try await client.send(Self.lines.flatMap { $0.bytes + Array("\n".utf8) })
      let replies = await client.lines(Self.lines.count)
      for (line, reply) in zip(Self.lines, replies) {
        #expect(reply.contains("\"code\":\(line.code),"), "\(line.name)")
      }
      #expect(try await client.ask(ping(7)) == pong(7))
    }
  }

  @Test("A client that goes in the middle of a line leaves the others alone")
  func halfLine() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      let leaving = try await test.connect()
      try await leaving.send(#"{"jsonrpc":"2.0","method":"note","params":{"text":"a"}"#)
      try await leaving.finishSending()
      #expect(await leaving.rest().map { $0.contains(#""code":-32700"#) } == [true])
      #expect(try await client.ask(ping(1)) == pong(1))
      #expect(test.script.diary == [])
    }
  }
}
