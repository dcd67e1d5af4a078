import Testing

@testable import Server

@Suite("Back pressure", .timeLimit(.minutes(10)))
struct PressureTests {
  @Test("While a request runs, no more than a bounded amount is read ahead, and nothing is lost")
  func readAhead() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      try await client.send(request("hold", #"{"name":"a"}"#, id: 0) + "\n")
      await test.script.signals.wait("holding a")
      // More than the systems' buffers between the two take in.
      let padding = String(repeating: "x", count: 1000)
      let count = 15_000
      for number in 1...count {
        client.post(request("echo", #"{"p":"\#(padding)"}"#, id: number) + "\n")
      }
      let most = try await test.inputOnceHeld()
      #expect(most <= 192 << 10)
      test.script.signals.raise("release a")
      #expect(await client.line() == result(#""a""#, id: 0))
      for number in 1...count {
        #expect(await client.line() == result(#"{"p":"\#(padding)"}"#, id: number))
      }
    }
  }

  @Test("A client that takes nothing is asked no more of, and gets everything once it reads")
  func unreadReplies() async throws {
    try await TestServer.run { test in
      let client = try await WireClient.connect(
        to: test.address, autoRead: false, receiveBuffer: 64 << 10)
      let count = 50
      for number in 0..<count {
        client.post(
          request("big", #"{"bytes":200000}"#, id: number) + "\n"
            + request("note", #"{"text":"\#(number)"}"#, id: number) + "\n")
      }
      // 10 MB of replies would come; the server stops making them far earlier. Everything below is
      // still under the bound at which a client that reads nothing is cut off.
      try await test.outputHasStalled()
      #expect(test.script.diary.count < count)
      test.clock.advance(by: .seconds(59))
      try await test.checkTimes()
      try await client.setAutoRead(true)
      client.read()
      let replies = await client.lines(2 * count)
      #expect(replies.count == 2 * count)
      #expect(test.script.diary == (0..<count).map { "\($0)" })
    }
  }

  @Test(
    "A client that takes nothing for 30 s while more than 4 MiB wait is cut off, others are not")
  func stalledReader() async throws {
    try await TestServer.run { test in
      let stalled = try await WireClient.connect(
        to: test.address, autoRead: false, receiveBuffer: 64 << 10)
      try await stalled.send(request("big", #"{"bytes":16000000}"#, id: 1) + "\n")
      try await test.outputHasStalled()
      // It is the second one, and its own time does not run out meanwhile.
      let other = try await test.connect()
      _ = try await other.ask(request("stand", #"{"as":"loggedIn"}"#, id: 0))
      test.clock.advance(by: .seconds(29))
      try await test.checkTimes()
      #expect(!test.script.signals.isRaised("closed 1"))
      // The system may have taken a last little since; half a minute later it is over.
      while !test.script.signals.isRaised("closed 1") {
        test.clock.advance(by: .seconds(30))
        try await test.checkTimes()
      }
      #expect(try await other.ask(ping(1)) == pong(1))
    }
  }

  @Test("A slow client that takes a little now and then is not cut off")
  func slowReader() async throws {
    try await TestServer.run { test in
      let slow = try await WireClient.connect(
        to: test.address, autoRead: false, receiveBuffer: 64 << 10)
      try await slow.send(
        request("stand", #"{"as":"loggedIn"}"#, id: 0) + "\n"
          + request("big", #"{"bytes":16000000}"#, id: 1) + "\n")
      for _ in 0..<5 {
        try await test.outputHasStalled()
        test.clock.advance(by: .seconds(29))
        let before = try await test.outputWaiting()
        while try await test.outputWaiting() == before { slow.read() }
        try await test.checkTimes()
      }
      #expect(!test.script.signals.isRaised("closed 1"))
      try await slow.setAutoRead(true)
      slow.read()
      #expect(
        await slow.lines(2).map(\.utf8.count) == [result("null", id: 0).utf8.count, 16_000_036])
    }
  }
}
