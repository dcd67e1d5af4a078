import Glibc
import JSON
import JSONRPC
import Testing
import VoronkaClient

/// A connection that ends at any moment ends every call on it, too.
@Suite(.timeLimit(.minutes(2))) struct ClosingTests {
  /// Takes so many requests, answers them, and goes, with or without the last word of TCP.
  private static func server(answering count: Int, resets: Bool) -> FakeServer {
    FakeServer(connection: { client in
      let reply = Array("{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":".utf8)
      var byte: UInt8 = 0
      for id in 1..<(count + 1) {
        while recv(client, &byte, 1, 0) == 1, byte != UInt8(ascii: "\n") {}
        let line = reply + Array("\(id)}\n".utf8)
        _ = send(client, line, line.count, Int32(MSG_NOSIGNAL))
      }
      guard resets else { return }
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        client, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    })
  }

  /// Nil where the server went away before there was a connection to speak of.
  private static func connect(_ server: FakeServer) async throws -> ServerConnection? {
    do {
      return try await ServerConnection.connect(to: ServerAddress(parsing: server.address))
    } catch let error as ConnectionError where [.closed, .unreachable].contains(error.code) {
      return nil
    }
  }

  @Test(arguments: 0..<6, [false, true])
  func `Every pipelined call ends when the server goes away in the middle`(
    answered: Int, resets: Bool
  ) async throws {
    let server = Self.server(answering: answered, resets: resets)
    for _ in 0..<60 {
      guard let connection = try await Self.connect(server) else { continue }
      // One call after another until one fails, as an import does.
      await #expect {
        while true { _ = try await connection.pipeline([PreparedCall("a")]) }
      } throws: {
        $0.isClosing
      }
      await #expect { try await connection.call("after the end") } throws: { $0.isClosing }
    }
  }

  @Test(arguments: 0..<4, [false, true])
  func `Calls of many tasks all end when the server goes away`(
    answered: Int, resets: Bool
  ) async throws {
    let server = Self.server(answering: answered, resets: resets)
    for _ in 0..<30 {
      guard let connection = try await Self.connect(server) else { continue }
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask {
            await #expect { while true { _ = try await connection.call("a") } } throws: {
              // Answers carry the ids of a single caller; another task's is no reply to it.
              $0.isClosing || ($0 as? ConnectionError)?.code == .protocolViolation
            }
          }
        }
      }
    }
  }

  @Test func `Calls written while the connection is closed from this side end`() async throws {
    let server = FakeServer(connection: waitForEnd)
    for _ in 0..<200 {
      let connection = try await ServerConnection.connect(
        to: ServerAddress(parsing: server.address))
      let first = Task {
        _ = try await connection.pipeline([PreparedCall("a"), PreparedCall("b")])
      }
      async let closing: Void = connection.close()
      await #expect { try await connection.call("c") } throws: { $0.isClosing }
      await #expect { try await first.value } throws: { $0.isClosing }
      await closing
      await #expect { try await connection.call("d") } throws: { $0.isClosing }
    }
  }

  @Test(arguments: 0..<4)
  func `A load ends when the server goes away, also one begun afterwards`(
    answered: Int
  ) async throws {
    let server = Self.server(answering: answered, resets: false)
    for _ in 0..<60 {
      guard let connection = try await Self.connect(server) else { continue }
      for _ in 0..<2 {
        await #expect {
          try await connection.drive(window: 2) { _ in
            PreparedCall("a")
          } reply: { _ in
          }
        } throws: {
          $0.isClosing
        }
      }
    }
  }

  @Test func `A load ends when what follows its reply is no message`() async throws {
    let babbling = FakeServer(connection: { client in
      var byte: UInt8 = 0
      while recv(client, &byte, 1, 0) == 1, byte != UInt8(ascii: "\n") {}
      let lines = Array("{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":0}\nbabble\n".utf8)
      _ = send(client, lines, lines.count, Int32(MSG_NOSIGNAL))
      waitForEnd(client)
    })
    let connection = try await ServerConnection.connect(
      to: ServerAddress(parsing: babbling.address))
    await #expect {
      try await connection.drive(window: 1) { _ in
        PreparedCall("a")
      } reply: { _ in
      }
    } throws: {
      ($0 as? ConnectionError)?.code == .protocolViolation
    }
  }

  @Test func `Two loads on one connection both come to their end`() async throws {
    let server = FakeServer { _, params in params }
    let connection = try await ServerConnection.connect(
      to: ServerAddress(parsing: server.address))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<2 {
        group.addTask {
          try await connection.drive(window: 1) {
            $0 < 300 ? PreparedCall("a") : nil
          } reply: { _ in
          }
        }
      }
      try await group.waitForAll()
    }
  }
}

extension Error {
  fileprivate var isClosing: Bool { (self as? ConnectionError)?.code == .closed }
}
