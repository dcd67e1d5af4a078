import Glibc
import JSON
import JSONRPC
import Synchronization
import Testing
import VoronkaClient

@Suite struct ClientTests {
  private func connect(_ server: FakeServer) async throws -> ServerConnection {
    try await ServerConnection.connect(to: ServerAddress(parsing: server.address))
  }

  @Test func `Calls sent together are answered in their order, errors in their places`()
    async throws
  {
    let server = FakeServer { method, params in
      guard method == "ok" else {
        throw FakeServer.Refusal(code: 1022, kind: "invalid", message: "No.")
      }
      return params
    }
    let connection = try await connect(server)
    let results = try await connection.pipeline([
      PreparedCall("ok", ["n": 1]), PreparedCall("bad"), PreparedCall("ok", ["n": 3]),
    ])
    #expect(try results[0].get() == ["n": 1])
    #expect(try results[2].get() == ["n": 3])
    #expect { try results[1].get() } throws: { error in
      let error = error as? RPCError
      return error?.code == 1022 && error?.kind == "invalid" && error?.message == "No."
    }
    await connection.close()
  }

  @Test(.timeLimit(.minutes(10)))
  func `A call on a connection that has closed is refused at once`() async throws {
    let connection = try await connect(FakeServer { _, params in params })
    await connection.close()
    for _ in 0..<3 {
      let error = await #expect(throws: ConnectionError.self) {
        try await connection.call("echo")
      }
      #expect(error?.code == .closed)
      // By now the channel has let go of its handlers.
      await connection.close()
    }
  }

  @Test func `Many tasks share a connection and each gets its own answer`() async throws {
    let server = FakeServer { _, params in params }
    let connection = try await connect(server)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for index in 0..<200 {
        group.addTask { try await connection.call("echo", .integer(index)) == .integer(index) }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test func `A load keeps its window full and hands over every reply once`() async throws {
    let server = FakeServer { method, params in
      if method == "odd" { throw FakeServer.Refusal(code: 1, kind: "odd", message: "odd") }
      return params
    }
    let connection = try await connect(server)
    let seen = Mutex<[Int: Bool]>([:])
    try await connection.drive(window: 16) { index in
      index < 500 ? PreparedCall(index.isMultiple(of: 2) ? "even" : "odd") : nil
    } reply: { reply in
      seen.withLock { $0[reply.index] = reply.isError }
      #expect(reply.latencyNanoseconds > 0)
    }
    #expect(seen.withLock { $0.count } == 500)
    #expect(seen.withLock { $0.allSatisfy { $0.value == !$0.key.isMultiple(of: 2) } })
    #expect(try await connection.call("even") == .null)
  }

  @Test func `A reply that comes too late is an error, and the next call gets its own`()
    async throws
  {
    let gate = Mutex<Bool>(false)
    let server = FakeServer { method, _ in
      while method == "slow", !gate.withLock({ $0 }) { usleepBriefly() }
      return .string(method)
    }
    let connection = try await connect(server)
    await #expect { try await connection.call("slow", deadline: .milliseconds(20)) } throws: {
      ($0 as? ConnectionError)?.code == .deadlineExceeded
    }
    gate.withLock { $0 = true }
    #expect(try await connection.call("fast") == "fast")
  }

  @Test func `Cancelling the task ends the wait`() async throws {
    let gate = Mutex<Bool>(false)
    let server = FakeServer { _, _ in
      while !gate.withLock({ $0 }) { usleepBriefly() }
      return nil
    }
    let connection = try await connect(server)
    let task = Task { try await connection.call("never") }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    gate.withLock { $0 = true }
  }

  @Test func `Where nobody listens, connecting says so`() async throws {
    await #expect {
      try await ServerConnection.connect(to: .tcp(host: "127.0.0.1", port: 1))
    } throws: {
      ($0 as? ConnectionError)?.code == .unreachable
    }
    await #expect {
      try await ServerConnection.connect(to: .unix(path: "/nonexistent/socket"))
    } throws: {
      ($0 as? ConnectionError)?.code == .unreachable
    }
  }

  @Test func `A server that speaks no TLS is unreachable over it, in words`() async throws {
    let server = FakeServer(connection: { client in
      let reply = Array("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{}}\n".utf8)
      _ = send(client, reply, reply.count, Int32(MSG_NOSIGNAL))
      waitForEnd(client)
    })
    await #expect {
      try await ServerConnection.connect(to: .tls(host: "127.0.0.1", port: server.port))
    } throws: { error in
      let error = error as? ConnectionError
      return error?.code == .unreachable
        && error?.message == """
          no TLS connection with tls://127.0.0.1:\(server.port): the server does not speak TLS \
          there; without tls:// the address may work
          """
    }
  }

  @Test(arguments: [
    ("localhost", ServerAddress.tcp(host: "localhost", port: 7420), true),
    ("10.0.0.1:99", .tcp(host: "10.0.0.1", port: 99), false),
    ("tcp://[::1]:5", .tcp(host: "::1", port: 5), true),
    ("tls://crm.example", .tls(host: "crm.example", port: 7420), true),
    ("unix:/run/voronka.sock", .unix(path: "/run/voronka.sock"), true),
    ("127.0.0.1.evil.example:1", .tcp(host: "127.0.0.1.evil.example", port: 1), false),
  ])
  func `Addresses are read, and known for confidential or not`(
    text: String, address: ServerAddress, isConfidential: Bool
  ) throws {
    let read = try ServerAddress(parsing: text)
    #expect(read == address && read.isConfidential == isConfidential)
    #expect(try ServerAddress(parsing: read.description) == read)
  }

  @Test(arguments: [
    "", ":1", "a:b", "a:0", "a:70000", "[::1", "unix:relative", "http://x", "a:1:2",
  ])
  func `What is no address is refused`(text: String) {
    #expect(throws: ConnectionError.self) { try ServerAddress(parsing: text) }
  }
}
