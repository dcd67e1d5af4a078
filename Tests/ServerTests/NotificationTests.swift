import JSON
import Testing

@testable import Server

@Suite("What is told unasked", .timeLimit(.minutes(10)))
struct NotificationTests {
  private func tell(_ count: Int, bytes: Int = 10, id: Int) -> String {
    request("tell", #"{"count":\#(count),"bytes":\#(bytes)}"#, id: id)
  }

  @Test("Lines stand whole between replies, which keep their order")
  func order() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      try await client.send(tell(2000, bytes: 300, id: 0) + "\n")
      #expect(await client.line() == result("null", id: 0))
      for number in 0..<500 {
        client.post(
          request("echo", #"{"p":"\#(String(repeating: "y", count: 200))"}"#, id: number) + "\n")
      }
      var (replies, told): ([Int64], [Int64]) = ([], [])
      while replies.count < 500 || told.count < 2000 {
        let line = try #require(await client.line())
        let message = try JSONReader().read(line)
        if let id = message["id"]?.int64 {
          #expect(message["result"]?["p"]?.string?.utf8.count == 200)
          replies.append(id)
        } else {
          #expect(message["params"]?["text"]?.string?.utf8.count == 300)
          told.append(message["params"]?["number"]?.int64 ?? -1)
        }
      }
      #expect(replies == Array(0..<500))
      #expect(told == Array(0..<2000))
    }
  }

  @Test("For a client that takes nothing little is told, and all of it once it reads")
  func slowReader() async throws {
    try await TestServer.run { test in
      let client = try await WireClient.connect(
        to: test.address, autoRead: false, receiveBuffer: 64 << 10)
      let count = 20_000
      try await client.send(tell(count, bytes: 1000, id: 0) + "\n")
      try await test.outputHasStalled()
      // 20 MB would come; what waits is bounded by the line that found the last room.
      #expect(test.script.told < count)
      #expect(try await test.outputWaiting() < 1 << 20)
      // It is slow and not stalled: less than the bound for that waits.
      test.clock.advance(by: .seconds(40))
      try await test.checkTimes()
      try await client.setAutoRead(true)
      client.read()
      let lines = await client.lines(count + 1)
      #expect(lines.count == count + 1)
      #expect(lines.last?.contains(#""number":\#(count - 1)"#) == true)
    }
  }

  @Test("Once the condition has ceased to hold, nothing is told behind the answer")
  func condition() async throws {
    try await TestServer.run { test in
      for _ in 0..<20 {
        let client = try await test.connect()
        try await client.send(tell(1_000_000, id: 0) + "\n" + request("hush", id: 1) + "\n")
        while let line = await client.line(), line != result(#""hushed""#, id: 1) {}
        #expect(try await client.ask(ping(2)) == pong(2))
        try await client.close()
      }
    }
  }

  @Test("The server's stop ends the telling at once, between two lines")
  func stop() async throws {
    try await TestServer.run { test in
      let slow = try await WireClient.connect(
        to: test.address, autoRead: false, receiveBuffer: 64 << 10)
      try await slow.send(tell(1_000_000, bytes: 1000, id: 0) + "\n")
      try await test.outputHasStalled()
      await test.stop()
      #expect(await test.script.signals.wait("told"))
      try await slow.setAutoRead(true)
      slow.read()
      let lines = await slow.rest()
      #expect(lines.count == test.script.told + 1)
      #expect(!lines.contains { $0.hasPrefix("BROKEN") })
      await test.hasStopped()
    }
  }

  @Test("A client that goes away ends the telling")
  func goneClient() async throws {
    try await TestServer.run { test in
      let client = try await WireClient.connect(
        to: test.address, autoRead: false, receiveBuffer: 64 << 10)
      try await client.send(tell(1_000_000, bytes: 1000, id: 0) + "\n")
      try await test.outputHasStalled()
      try await client.close()
      #expect(await test.script.signals.wait("told"))
    }
  }

  @Test("Whoever is told something and takes it is not idle")
  func activity() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      _ = try await client.ask(request("stand", #"{"as":"subscribed"}"#, id: 1))
      test.clock.advance(by: .seconds(3000))
      try await client.send(tell(1, id: 2) + "\n")
      #expect(await client.lines(2).count == 2)
      test.clock.advance(by: .seconds(3000))
      try await test.checkTimes()
      #expect(try await client.ask(ping(3)) == pong(3))
    }
  }
}
