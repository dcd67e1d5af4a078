import NIOCore
import Synchronization

@testable import Server

/// Looking at what no client can see.
extension TestServer {
  /// Has every connection's times looked at now.
  func checkTimes() async throws {
    for loop in server.loops.withLock({ $0 }) {
      try await loop.eventLoop.submit { loop.checkTimes() }.get()
    }
  }

  /// How many bytes wait to be carried out, once the server has stopped reading.
  func inputOnceHeld() async throws -> Int {
    while true {
      let counts = try await connections { $0.isReadHeld ? $0.input.count : nil }
      if let count = counts.max() { return count }
      await Task.yield()
    }
  }

  /// How many bytes wait to be taken by the clients.
  func outputWaiting() async throws -> Int {
    try await connections { $0.meter.waiting }.reduce(0, +)
  }

  /// Returns once something waits for a client and no more of it goes out. The system tells nobody
  /// when its buffers are full, so this looks twice with a moment between.
  func outputHasStalled() async throws {
    var before = 0
    while true {
      let waiting = try await outputWaiting()
      if waiting > 0, waiting == before { return }
      before = waiting
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  private func connections(
    _ value: @escaping @Sendable (Connection) -> Int?
  ) async throws -> [Int] {
    var values: [Int] = []
    for loop in server.loops.withLock({ $0 }) {
      values += try await loop.eventLoop.submit {
        loop.connections.values.compactMap(value)
      }.get()
    }
    return values
  }
}
