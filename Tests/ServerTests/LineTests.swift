import Testing

@testable import Server

@Suite("Lines and the order of replies", .timeLimit(.minutes(10)))
struct LineTests {
  @Test("Ten lines are answered in their order, whatever their way of ending")
  func order() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      try await client.send(
        (0..<10).map { ping($0) + ($0 % 2 == 0 ? "\n" : "\r\n\n\r\n") }.joined())
      #expect(await client.lines(10) == (0..<10).map { pong($0) })
    }
  }

  @Test("A request waits for the one before it, also where that one takes long")
  func oneAfterAnother() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      try await client.send(
        ping(1) + "\n" + request("hold", #"{"name":"a"}"#, id: 2) + "\n"
          + request("note", #"{"text":"after"}"#, id: 3) + "\n")
      #expect(await client.line() == pong(1))
      await test.script.signals.wait("holding a")
      test.script.signals.raise("release a")
      #expect(await client.lines(2) == [result(#""a""#, id: 2), result("null", id: 3)])
      #expect(test.script.diary == ["released a", "after"])
    }
  }

  @Test("Notifications are carried out in order and get no reply")
  func notifications() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      for text in ["a", "b", "c"] {
        try await client.send(
          #"{"jsonrpc":"2.0","method":"note","params":{"text":"\#(text)"}}"# + "\n")
      }
      #expect(try await client.ask(ping(1)) == pong(1))
      #expect(test.script.diary == ["a", "b", "c"])
    }
  }

  @Test("A client that half-closes gets all its replies, then the end")
  func halfClose() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      try await client.send(
        request("hold", #"{"name":"a"}"#, id: 1) + "\n" + ping(2) + "\n" + ping(3))
      try await client.finishSending()
      await test.script.signals.wait("holding a")
      test.script.signals.raise("release a")
      #expect(await client.rest() == [result(#""a""#, id: 1), pong(2), pong(3)])
      await test.script.signals.wait("closed 1")
    }
  }

  @Test(
    "Ids come back byte for byte",
    arguments: [#""a\u0041 é""#, "1.50e2", "-0", "null", "9007199254740993"])
  func ids(id: String) async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      let reply = try await client.ask(#"{"id" : \#(id) ,"jsonrpc":"2.0","method":"ping"}"#)
      #expect(reply == #"{"jsonrpc":"2.0","result":"pong","id":\#(id)}"#)
    }
  }

  @Test(
    "A line of exactly the limit is taken; a longer one ends the connection after the replies before"
  )
  func lineLimit() async throws {
    try await TestServer.run(configure: { $0.limits.lineBytes = 100 }) { test in
      let client = try await test.connect()
      let exact = ping(1) + String(repeating: " ", count: 100 - ping(1).utf8.count)
      try await client.send(exact + "\r\n" + ping(2) + "\n" + exact + " \n" + ping(3) + "\n")
      let replies = await client.rest()
      #expect(replies.prefix(2) == [pong(1), pong(2)])
      #expect(replies.count == 3)
      #expect(replies.last?.contains(#""code":-32600"#) == true)
      #expect(replies.last?.contains(#""limit":100"#) == true)
      #expect(replies.last?.hasSuffix(#""id":null}"#) == true)
    }
  }

  @Test("An endless line is refused without waiting for its end")
  func endlessLine() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      let piece = String(repeating: "x", count: 64 << 10)
      for _ in 0..<40 { client.post(piece) }
      let replies = await client.rest()
      #expect(replies.count == 1)
      #expect(replies.first?.contains(#""limit":1048576"#) == true)
    }
  }

  @Test("After a last word the server waits a moment for the client's own end, so that it is read")
  func lingering() async throws {
    try await TestServer.run(configure: { $0.limits.lineBytes = 100 }) { test in
      let client = try await WireClient.connect(to: test.address, staysOpen: true)
      try await client.send(String(repeating: "x", count: 200))
      #expect(await client.rest().count == 1)
      #expect(test.server.connectionCount == 1)
      try await client.send("more")
      test.clock.advance(by: .seconds(1))
      await test.script.signals.wait("closed 1")
    }
  }

  @Test("10,000 requests in one write are all answered, in order")
  func flood() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      client.post((0..<10_000).map { ping($0) + "\n" }.joined())
      #expect(await client.lines(10_000) == (0..<10_000).map { pong($0) })
    }
  }

  @Test("A line that comes byte by byte is a line")
  func slowWriter() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      for byte in (ping(1) + "\n").utf8 { try await client.send([byte]) }
      #expect(await client.line() == pong(1))
    }
  }
}
