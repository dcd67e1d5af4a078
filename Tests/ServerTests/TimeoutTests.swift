import Testing

@testable import Server

@Suite("Time-outs", .timeLimit(.minutes(10)))
struct TimeoutTests {
  @Test("Whoever is not logged in has a minute for a line, and again after each")
  func anonymous() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      for number in 0..<3 {
        #expect(try await client.ask(ping(number)) == pong(number))
        test.clock.advance(by: .seconds(59))
        try await test.checkTimes()
      }
      test.clock.advance(by: .seconds(1))
      #expect(await client.line() == nil)
    }
  }

  @Test("A line that is never finished does not count")
  func halfLine() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      #expect(try await client.ask(ping(1)) == pong(1))
      test.clock.advance(by: .seconds(59))
      try await client.send(#"{"jsonrpc":"#)
      test.clock.advance(by: .seconds(1))
      #expect(await client.line() == nil)
    }
  }

  @Test("Who is logged in has ten minutes, who waits for events an hour")
  func standing() async throws {
    try await TestServer.run { test in
      let idle = try await test.connect()
      let subscribed = try await test.connect()
      _ = try await idle.ask(request("stand", #"{"as":"loggedIn"}"#, id: 1))
      _ = try await subscribed.ask(request("stand", #"{"as":"subscribed"}"#, id: 1))
      test.clock.advance(by: .seconds(599))
      try await test.checkTimes()
      #expect(test.server.connectionCount == 2)
      test.clock.advance(by: .seconds(1))
      #expect(await idle.line() == nil)
      test.clock.advance(by: .seconds(2999))
      try await test.checkTimes()
      #expect(test.server.connectionCount == 1)
      test.clock.advance(by: .seconds(1))
      #expect(await subscribed.line() == nil)
    }
  }

  @Test("A request that takes long is not idleness")
  func longRequest() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      try await client.send(request("hold", #"{"name":"a"}"#, id: 1) + "\n")
      await test.script.signals.wait("holding a")
      test.clock.advance(by: .seconds(7200))
      try await test.checkTimes()
      test.script.signals.raise("release a")
      #expect(await client.line() == result(#""a""#, id: 1))
      #expect(try await client.ask(ping(2)) == pong(2))
    }
  }
}
