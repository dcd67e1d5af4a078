import Foundation
import JSONRPC
import Testing

@testable import Server

@Suite("Listeners", .timeLimit(.minutes(10)))
struct ListenerTests {
  @Test(
    "Plain text on an address that others can reach is refused unless it is allowed",
    arguments: ["0.0.0.0", "::"])
  func plaintext(host: String) async throws {
    let listener = Listener.plain(Endpoint(host: host, port: 0))
    let error = await #expect(throws: ServerError.self) {
      try await TestServer.run(listeners: [listener]) { _ in }
    }
    #expect(error?.code == .plaintextRefused)
    try await TestServer.run(
      listeners: [listener], configure: { $0.allowPlaintext = true }
    ) { test in
      guard case .plain(let bound) = test.address else { return }
      let client = try await WireClient.connect(
        to: .plain(Endpoint(host: "127.0.0.1", port: bound.port)))
      #expect(try await client.ask(ping(1)) == pong(1))
      #expect(test.script.clients.first?.isLocal == true)
    }
  }

  @Test("The number of a connection does not tell how many others there were")
  func connectionNumbers() async throws {
    try await TestServer.run { test in
      for _ in 0..<4 {
        let client = try await test.connect()
        #expect(try await client.ask(ping(1)) == pong(1))
      }
      let numbers = test.script.clients.map(\.connection)
      #expect(Set(numbers).count == 4)
      #expect(!zip(numbers, numbers.dropFirst()).contains { $1 == $0 + 1 })
    }
  }

  @Test("A port in use is an error that names it")
  func portInUse() async throws {
    try await TestServer.run { test in
      guard case .plain(let bound) = test.address else { return }
      let error = await #expect(throws: ServerError.self) {
        try await TestServer.run(listeners: [.plain(bound)]) { _ in }
      }
      #expect(error?.code == .addressUnavailable)
      #expect(error?.message.contains("\(bound.port)") == true)
    }
  }

  @Test("What can't be listened on is told beforehand, and checking keeps nothing open")
  func check() async throws {
    try await TestServer.run { test in
      guard case .plain(let bound) = test.address else { return }
      let code = { (listener: Listener) -> ServerError.Code? in
        do throws(ServerError) {
          try ServerConfiguration(listeners: [listener]).check()
          return nil
        } catch {
          return error.code
        }
      }
      #expect(code(.plain(bound)) == .addressUnavailable)
      #expect(code(.plain(Endpoint(host: "0.0.0.0", port: 0))) == .plaintextRefused)
      #expect(code(.plain(Endpoint(host: "no such host", port: 0))) == .badAddress)
      #expect(code(.plain(Endpoint(host: "127.0.0.1", port: 0))) == nil)
      let missing = CertificateFiles(certificate: "/nonexistent", key: "/nonexistent")
      #expect(code(.tls(Endpoint(host: "127.0.0.1", port: 0), missing)) == .certificate)
      #expect(throws: ServerError.self) { try MetricsServer.check(bound) }
      // The port is as it was.
      let client = try await test.connect()
      #expect(try await client.ask(ping(1)) == pong(1))
      let free = Endpoint(host: "127.0.0.1", port: bound.port == 65_535 ? 1024 : bound.port + 1)
      if code(.plain(free)) == nil {
        #expect(code(.plain(free)) == nil)
        try await TestServer.run(listeners: [.plain(free)]) { _ in }
      }
    }
  }

  @Test("A Unix socket is its owner's alone, answers, and goes with the server")
  func unixSocket() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/voronka.sock"
    try await TestServer.run(listeners: [.unix(path: path)]) { test in
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o600)
      let client = try await test.connect()
      #expect(try await client.ask(ping(1)) == pong(1))
      #expect(test.script.clients.first?.address == nil)
      #expect(test.script.clients.first?.isLocal == true)
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("A Unix socket that a killed server left is replaced, a live server's and a file are not")
  func leftBehind() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/voronka.sock"
    // Bound and never listened on: what is left when a server is killed.
    let deserted = try UnixSocket(path: path)
    try await TestServer.run(listeners: [.unix(path: path)]) { test in
      // What the other left behind is not the file that stands there now.
      deserted.remove()
      let error = await #expect(throws: ServerError.self) {
        try await TestServer.run(listeners: [.unix(path: path)]) { _ in }
      }
      #expect(error?.code == .addressUnavailable)
      let client = try await test.connect()
      #expect(try await client.ask(ping(1)) == pong(1))
    }
    close(deserted.descriptor)
    try Data("notes".utf8).write(to: URL(fileURLWithPath: path))
    await #expect(throws: ServerError.self) {
      try await TestServer.run(listeners: [.unix(path: path)]) { _ in }
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("notes".utf8))
  }

  @Test("Where one listener fails, the others are given back")
  func allOrNothing() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/voronka.sock"
    await #expect(throws: ServerError.self) {
      try await TestServer.run(
        listeners: [.unix(path: path), .plain(Endpoint(host: "no such host", port: 0))]
      ) { _ in }
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("Addresses are read as people write them")
  func endpoints() throws {
    #expect(try Endpoint("127.0.0.1:7420") == Endpoint(host: "127.0.0.1", port: 7420))
    #expect(try Endpoint("[::1]:0") == Endpoint(host: "::1", port: 0))
    #expect(try Endpoint("[::1]:0").description == "[::1]:0")
    for text in ["", "7420", ":7420", "host", "host:", "host:65536", "::1:7420", "host:-1"] {
      #expect(throws: ServerError.self) { try Endpoint(text) }
    }
  }
}
