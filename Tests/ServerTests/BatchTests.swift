import Testing

@testable import Server

@Suite("Batches", .timeLimit(.minutes(10)))
struct BatchTests {
  @Test("Elements run side by side, some at a time, and are answered in the batch's order")
  func sideBySide() async throws {
    try await TestServer.run(configure: { $0.limits.batchWidth = 3 }) { test in
      let client = try await test.connect()
      let holds = (0..<5).map { request("hold", #"{"name":"\#($0)"}"#, id: $0) }
      try await client.send("[" + holds.joined(separator: ",") + "]\n" + ping(9) + "\n")
      // The last of the first three first: their order among themselves is free.
      for index in [2, 1, 0, 4, 3] {
        await test.script.signals.wait("holding \(index)")
        test.script.signals.raise("release \(index)")
      }
      let expected = (0..<5).map { result("\"\($0)\"", id: $0) }.joined(separator: ",")
      #expect(await client.line() == "[\(expected)]")
      #expect(await client.line() == pong(9))
      #expect(test.script.mostAtOnce <= 3)
      #expect(test.script.diary.first == "released 2")
    }
  }

  @Test(
    "A batch's elements know that they are in one, and notifications among them are not answered")
  func mixed() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      let batch =
        "[" + request("in_batch", id: 1)
        + #",{"jsonrpc":"2.0","method":"note","params":{"text":"a"}},7,"#
        + request("no_such", id: 2) + "]"
      let reply = try await client.ask(batch)
      #expect(reply?.hasPrefix("[" + result("true", id: 1) + ",") == true)
      #expect(reply?.contains(#""code":-32600"#) == true)
      #expect(reply?.contains(#""code":-32601"#) == true)
      #expect(test.script.diary == ["a"])
      #expect(try await client.ask(request("in_batch", id: 3)) == result("false", id: 3))
    }
  }

  @Test("A batch of notifications alone gets no reply, an empty one an error")
  func withoutReply() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      try await client.send(#"[{"jsonrpc":"2.0","method":"note","params":{"text":"a"}}]"# + "\n")
      #expect(try await client.ask(ping(1)) == pong(1))
      let reply = try await client.ask("[]")
      #expect(reply?.contains(#""code":-32600"#) == true)
      #expect(test.script.diary == ["a"])
    }
  }

  @Test("A batch whose replies grow too large is carried out no further")
  func largeReplies() async throws {
    let configure: (inout ServerConfiguration) -> Void = {
      $0.limits.batchReplyBytes = 1000
      $0.limits.batchWidth = 1
    }
    try await TestServer.run(configure: configure) { test in
      let client = try await test.connect()
      let batch = [
        request("big", #"{"bytes":1500}"#, id: 1), request("note", #"{"text":"a"}"#, id: 2),
        request("note", #"{"text":"b"}"#, id: 3),
      ]
      let reply = try await client.ask("[" + batch.joined(separator: ",") + "]")
      #expect(reply?.contains(#""limit":1000"#) == true)
      #expect(test.script.diary == [])
      #expect(try await client.ask(ping(4)) == pong(4))
    }
  }
}
