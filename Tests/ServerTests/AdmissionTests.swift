import NIOCore
import Testing

@testable import Server

@Suite("Connection limits", .timeLimit(.minutes(10)))
struct AdmissionTests {
  @Test("One connection too many gets one error line and goes; the place of one that left is free")
  func limit() async throws {
    try await TestServer.run(configure: { $0.limits.connections = 2 }) { test in
      // Once it is answered it has its number, before the other one's.
      let first = try await test.connect()
      #expect(try await first.ask(ping(1)) == pong(1))
      let second = try await test.connect()
      #expect(try await second.ask(ping(1)) == pong(1))

      let third = try await test.connect()
      third.post(ping(1) + "\n")
      let refusal = await third.rest()
      #expect(refusal.count == 1)
      #expect(refusal.first?.contains(#""code":1029"#) == true)
      #expect(refusal.first?.contains(#""kind":"rate_limited","retry_after_ms":1000"#) == true)
      #expect(refusal.first?.hasSuffix(#""id":null}"#) == true)

      try await first.close()
      await test.script.signals.wait("closed 1")
      while test.server.connectionCount == 2 { await Task.yield() }
      #expect(try await test.connect().ask(ping(2)) == pong(2))
      #expect(try await second.ask(ping(3)) == pong(3))
    }
  }

  @Test("Who is refused may read why before the connection goes")
  func lingering() async throws {
    let configure: (inout ServerConfiguration) -> Void = {
      $0.limits.connections = 0
      $0.timeouts.lingering = .seconds(60)
    }
    try await TestServer.run(configure: configure) { test in
      let client = try await WireClient.connect(to: test.address, staysOpen: true)
      #expect(await client.rest().count == 1)
      #expect(test.server.core.admissions.refusing == 1)
      try await client.close()
      while test.server.core.admissions.refusing > 0 { await Task.yield() }
    }
  }

  @Test("The refusal comes over TLS too")
  func overTLS() async throws {
    let certificate = try TestCertificate()
    let listener = Listener.tls(Endpoint(host: "127.0.0.1", port: 0), certificate.files)
    try await TestServer.run(
      listeners: [listener], configure: { $0.limits.connections = 0 }
    ) { test in
      let client = try await WireClient.connect(to: test.address, tls: TestCertificate.client())
      #expect(await client.rest().map { $0.contains(#""code":1029"#) } == [true])
    }
  }

  @Test("A client that leaves while its request runs keeps its place until that ends")
  func runningKeepsPlace() async throws {
    try await TestServer.run { test in
      let client = try await test.connect()
      // Its answer shows that it is the first: two connections may be taken up in the other order.
      #expect(try await client.ask(ping(0)) == pong(0))
      // Unread bytes make the system reset the connection instead of half-closing it.
      let leaving = try await WireClient.connect(to: test.address, autoRead: false)
      try await leaving.send(ping(1) + "\n" + request("hold", #"{"name":"a"}"#, id: 2) + "\n")
      await test.script.signals.wait("holding a")
      try await leaving.close()
      #expect(try await client.ask(ping(1)) == pong(1))
      #expect(test.server.connectionCount == 2)
      test.script.signals.raise("release a")
      await test.script.signals.wait("closed 2")
      while test.server.connectionCount == 2 { await Task.yield() }
    }
  }

  @Test("Other machines' addresses have a limit each, this machine's have none")
  func byAddress() throws {
    let admissions = Admissions(limit: 10, limitPerNetwork: 2)
    let near = NetworkKey(try SocketAddress(ipAddress: "192.0.2.1", port: 1))
    let mapped = NetworkKey(try SocketAddress(ipAddress: "::ffff:192.0.2.1", port: 2))
    let far = NetworkKey(try SocketAddress(ipAddress: "2001:db8::1", port: 1))
    let neighbour = NetworkKey(try SocketAddress(ipAddress: "2001:db8::2", port: 1))
    let elsewhere = NetworkKey(try SocketAddress(ipAddress: "2001:db8:0:1::1", port: 1))
    let isAdmitted = { (key: NetworkKey?) in
      if case .admitted = admissions.admit(from: key) { true } else { false }
    }
    #expect([near, mapped, near].map(isAdmitted) == [true, true, false])
    #expect([far, neighbour, far, elsewhere].map(isAdmitted) == [true, true, false, true])
    #expect([nil, nil, nil, nil, nil].map(isAdmitted) == [true, true, true, true, true])
    #expect(admissions.open == 10)
    #expect([nil, elsewhere].map(isAdmitted) == [false, false])
    admissions.leave(from: near)
    #expect([near, nil].map(isAdmitted) == [true, false])
  }

  @Test("Loopback addresses are told from others")
  func loopback() throws {
    let isLoopback = { try SocketAddress(ipAddress: $0, port: 1).isLoopback }
    for local in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
      #expect(try isLoopback(local))
    }
    for remote in ["0.0.0.0", "::", "128.0.0.1", "192.168.0.1", "::ffff:10.0.0.1", "fe80::1"] {
      #expect(try !isLoopback(remote))
    }
  }
}
