import Testing

@testable import Server

@Suite("Graceful stop", .timeLimit(.minutes(10)))
struct StopTests {
  @Test("What was taken in is answered before the end, nobody new is let in")
  func finishes() async throws {
    try await TestServer.run { test in
      let busy = try await test.connect()
      let idle = try await test.connect()
      #expect(try await idle.ask(ping(0)) == pong(0))
      try await busy.send(
        request("hold", #"{"name":"a"}"#, id: 1) + "\n" + ping(2) + "\n" + ping(3) + "\n{\"half")
      await test.script.signals.wait("holding a")
      await test.stop()
      #expect(await idle.rest() == [])
      await #expect(throws: (any Error).self) { try await test.connect() }
      test.script.signals.raise("release a")
      #expect(await busy.rest() == [result(#""a""#, id: 1), pong(2), pong(3)])
      await test.hasStopped()
    }
  }

  @Test("What does not end in time is cancelled, what has not begun is refused with 1050")
  func cutShort() async throws {
    try await TestServer.run(configure: { $0.timeouts.drain = .milliseconds(50) }) { test in
      let client = try await test.connect()
      try await client.send(
        request("hold", #"{"name":"a"}"#, id: 1) + "\n[" + ping(2) + "," + ping(3) + "]\n")
      await test.script.signals.wait("holding a")
      await test.stop()
      let replies = await client.rest()
      #expect(test.script.diary == ["cancelled a"])
      #expect(replies.count == 2)
      #expect(replies.allSatisfy { $0.contains(#""code":1050"#) && !$0.contains("pong") })
      await test.hasStopped()
    }
  }

  @Test("A request that ignores its cancellation does not keep the server from stopping")
  func deaf() async throws {
    try await TestServer.run(configure: { $0.timeouts.drain = .milliseconds(10) }) { test in
      let client = try await test.connect()
      try await client.send(request("deafen", id: 1) + "\n")
      await test.script.signals.wait("deaf")
      await test.stop()
      #expect(await client.rest() == [])
      await test.hasStopped()
      test.script.signals.raise("hear")
    }
  }

  @Test("A client that does not read keeps the server from stopping only for the drain's time")
  func unread() async throws {
    try await TestServer.run(configure: { $0.timeouts.drain = .milliseconds(50) }) { test in
      let client = try await WireClient.connect(
        to: test.address, autoRead: false, receiveBuffer: 16 << 10)
      try await client.send(request("big", #"{"bytes":16000000}"#, id: 1) + "\n")
      try await test.outputHasStalled()
      await test.stop()
      await test.hasStopped()
    }
  }

  @Test("A server runs once")
  func once() async throws {
    try await TestServer.run { test in
      let error = await #expect(throws: ServerError.self) { try await test.server.run() }
      #expect(error?.code == .alreadyRan)
    }
  }
}
